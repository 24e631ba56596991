/** The log of a data folder, folded again from its start in a space of its own: nothing in the folder changes. */
import type { Alert, EntityRef, Portrait, Summary } from '@heedful/stream'
import type { Configuration } from '../config/configuration.ts'
import { openKept } from '../enrichment/kept-data.ts'
import { lastOf } from '../log/activations.ts'
import { Runner } from '../scoring/runner.ts'
import type { Tally } from '../scoring/tally.ts'
import { openMemoryStore } from '../store/memory-store.ts'
import type { Space } from '../store/space.ts'

export interface ReplayOptions {
  configure?(configuration: Configuration): Configuration
  signal: AbortSignal
  /** Records folded so far, and the events in them. */
  onProgress(done: number, events: number): void
}

export interface Replayed {
  alerts: Alert[]
  tally: Tally
  /** What was in force at the end. */
  configuration: Configuration
  summary: Summary
  /** What is usual for an entity at the end of the log. */
  portrait(entity: EntityRef): Portrait | undefined
  interrupted: boolean
}

export async function replay({ folder, log }: Space, options: ReplayOptions): Promise<Replayed> {
  const lookups = await openKept(folder as string, log.activations)
  const names = new Map(log.files.map(({ id, name }) => [id, name]))
  const store = openMemoryStore()
  const { configure } = options
  const runner = new Runner({
    shards: 1,
    fileName: (id) => names.get(id) ?? '',
    lookup: (hash) => lookups.get(hash) ?? { hash },
    ...(configure !== undefined && { configure }),
  })
  const begun = JSON.parse(lastOf(log, 'configuration')?.content ?? '{}') as Configuration
  const seen = () => ({
    tally: runner.tally,
    configuration: configure?.(begun) ?? begun,
    summary: runner.summary(),
    portrait: (entity: EntityRef) => runner.portrait(entity),
  })
  for (const group of log.read(0)) {
    store.commit([await runner.run(group)])
    options.onProgress(runner.position, runner.tally.events)
    if (options.signal.aborted) return { ...seen(), alerts: [], interrupted: true }
  }
  store.keepProvisional(runner.finish())
  return { ...seen(), alerts: store.alerts(), interrupted: false }
}
