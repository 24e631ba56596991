/** Runs tasks one after the other, or in several processes; what is done is handed out in the order of the tasks. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { runTask } from './task.js'

const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url))

/** @param onProgress called with one text; @param onResult called in order of the tasks */
export async function runTasks(tasks, { workers, onProgress, onResult, stopped }) {
  const results = new Array(tasks.length)
  let told = 0
  const keep = (index, result) => {
    results[index] = result
    while (told < tasks.length && results[told] !== undefined) onResult(results[told++])
  }
  const running = new Map()
  const show = () =>
    onProgress([...running].map(([i, done]) => `${nameOf(tasks[i])} ${Math.round(100 * done)} %`).join('   '))
  let next = 0
  const lane = async (run) => {
    while (next < tasks.length && !stopped()) {
      const index = next++
      running.set(index, 0)
      const result = await run(tasks[index], (done) => {
        running.set(index, done)
        show()
      })
      running.delete(index)
      if (result !== undefined) keep(index, result)
    }
  }
  if (workers <= 1) await lane((task, progress) => runTask(task, progress, stopped))
  else await Promise.all(Array.from({ length: Math.min(workers, tasks.length) }, () => laneOfProcess(lane, stopped)))
  return results.filter((result) => result !== undefined)
}

export const nameOf = ({ ruler, seed, budget, attacks }) => `${ruler} ${seed}${attacks ? ` at ${budget}` : ' quiet'}`

async function laneOfProcess(lane, stopped) {
  const child = fork(WORKER)
  const run = (task, progress) =>
    new Promise((resolve, reject) => {
      const onMessage = (message) => {
        if (message.progress !== undefined) {
          progress(message.progress)
          if (stopped()) end(() => resolve(undefined))
        } else if (message.error !== undefined) end(() => reject(new Error(message.error)))
        else end(() => resolve(message.result))
      }
      const onExit = (code) =>
        end(() => (stopped() ? resolve(undefined) : reject(new Error(`a worker ended with ${code}`))))
      const end = (then) => {
        child.off('message', onMessage)
        child.off('exit', onExit)
        then()
      }
      child.on('message', onMessage)
      child.on('exit', onExit)
      child.send(task)
    })
  try {
    await lane(run)
  } finally {
    child.disconnect()
  }
}
