/** Preloaded into the measured process: peak memory and the longest gap of its event loop, written when it ends. */
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION = 5
const delay = monitorEventLoopDelay({ resolution: RESOLUTION })
delay.enable()
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const usage = { peakMiB: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }
  const gap = Math.max(0, delay.max / 1e6 - RESOLUTION)
  writeFileSync(process.env.HEEDFUL_BENCH_PROBE, JSON.stringify({ ...usage, longestGapMs: gap }))
})
