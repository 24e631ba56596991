import type { LogRecord } from '@heedful/stream'
import { expect, it } from 'vitest'
import type { StoredGroup } from '../log/log.ts'
import { Runner, type RunnerOptions } from './runner.ts'

const START = Date.UTC(2026, 2, 2, 9)
const options: RunnerOptions = { shards: 1, lookup: (hash) => ({ hash }), fileName: () => '' }

function groupOf(first: number, records: readonly LogRecord[]): StoredGroup {
  return { first, lines: 0, records, origins: records.map(() => ({ file: 0, line: 0 })) }
}

const configuration = {
  tenant: 't',
  budget_per_day: 20,
  warmup_from: new Date(START).toISOString(),
  warmup_until: new Date(START).toISOString(),
  seed: 1,
}
const door = { door: 3, name: 'web1', format: 'auth-log', timezone: 'UTC' }
const refusal =
  'Mar  2 09:00:00 web1 sshd[1]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.1  user=ada'

it('counts an event that was held back for the door of its line, also when memory was saved and opened meanwhile', async () => {
  const runner = new Runner(options)
  const concluded = await runner.run(
    groupOf(0, [
      { kind: 'activate', what: 'configuration', hash: '', content: JSON.stringify(configuration) },
      { kind: 'activate', what: 'door', hash: '', content: JSON.stringify(door) },
      { kind: 'tick', time: START },
      { kind: 'raw', door: 3, line: refusal, time: START, occurrence: 0 },
    ]),
  )
  expect([...concluded.counts.allDoors()]).toMatchObject([{ door: 3, lines: 1, events: 0, absorbed: 1 }])
  const later = groupOf(4, [{ kind: 'tick', time: START + 3_600_000 }])
  const again = new Runner(options, await runner.snapshot())
  for (const one of [runner, again]) {
    const { counts } = await one.run(later)
    expect([...counts.allDoors()]).toMatchObject([{ door: 3, lines: 0, events: 1 }])
  }
})
