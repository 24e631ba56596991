/** What the server tells of itself to Prometheus. Names end in their unit; counters run since the start. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Service } from '../serving/service.ts'

/** Seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What is asked for when it is read. */
interface Read {
  name: string
  help: string
  value(): number
}

/** Bytes of the files in a folder, without those of its folders. */
function sizeOf(folder: string): number {
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name), { throwIfNoEntry: false }))
  return sizes.reduce((sum, found) => sum + (found?.isFile() ? found.size : 0), 0)
}

export class Metrics {
  readonly registry = new Registry()
  private readonly requests: Counter<'method' | 'route' | 'status'>
  private readonly durations: Histogram<'route'>

  /** `started`: ms UTC. */
  constructor(service: Service, version: string, started: number) {
    const registers = [this.registry]
    this.requests = new Counter({
      name: 'heedful_http_requests_total',
      help: 'Requests answered.',
      labelNames: ['method', 'route', 'status'],
      registers,
    })
    this.durations = new Histogram({
      name: 'heedful_http_request_duration_seconds',
      help: 'From the head of a request to the end of its answer.',
      labelNames: ['route'],
      buckets: BUCKETS,
      registers,
    })
    const folds = new Histogram({
      name: 'heedful_fold_duration_seconds',
      help: 'Folding one group of at most 500 records, with its commits, while others are served.',
      buckets: BUCKETS,
      registers,
    })
    service.events.on('folded', ({ seconds }) => folds.observe(seconds))
    new Gauge({ name: 'heedful_build_info', help: 'Always 1.', labelNames: ['version'], registers }).set({ version }, 1)
    this.addRead(service, started)
    this.addReasons(service)
  }

  private addRead(service: Service, started: number): void {
    const { tally, space } = { tally: service.runner.tally, space: service.space }
    const counters: Read[] = [
      { name: 'heedful_events_total', help: 'Events judged since the start.', value: () => tally.events },
      {
        name: 'heedful_absorbed_lines_total',
        help: 'Lines that are no event of their own.',
        value: () => tally.absorbedTotal,
      },
      {
        name: 'heedful_alert_changes_total',
        help: 'Alerts raised or changed since the start.',
        value: () => service.alertsTold,
      },
    ]
    const gauges: Read[] = [
      { name: 'heedful_log_lines', help: 'Lines in the log, of all times.', value: () => space.log.end.lines },
      { name: 'heedful_lag_records', help: 'Records of the log that are not judged yet.', value: () => service.lag },
      {
        name: 'heedful_waiting_lines',
        help: 'Lines that are taken, but not on disk yet.',
        value: () => service.waiting,
      },
      {
        name: 'heedful_ready',
        help: '1 while events are taken and judged.',
        value: () => (service.trouble === undefined ? 1 : 0),
      },
      { name: 'heedful_users', help: 'People whose habits are known.', value: () => service.runner.summary().users },
      { name: 'heedful_hosts', help: 'Hosts that are known.', value: () => service.runner.summary().hosts },
      { name: 'heedful_addresses', help: 'Addresses that are known.', value: () => service.runner.summary().addresses },
      {
        name: 'heedful_lag_seconds',
        help: 'How long the oldest record that is not judged yet has waited.',
        value: () => service.lagSeconds,
      },
      {
        name: 'heedful_data_bytes',
        help: 'Size of the data folder, without files that were dropped.',
        value: () => sizeOf(space.folder),
      },
      { name: 'process_start_time_seconds', help: 'Since 1970, UTC.', value: () => started / 1000 },
      { name: 'process_resident_memory_bytes', help: 'Memory of the process.', value: () => process.memoryUsage.rss() },
      { name: 'nodejs_heap_size_total_bytes', help: 'Heap.', value: () => process.memoryUsage().heapTotal },
      { name: 'nodejs_heap_size_used_bytes', help: 'Used heap.', value: () => process.memoryUsage().heapUsed },
      {
        name: 'nodejs_external_memory_bytes',
        help: 'Buffers and the like, outside of the heap.',
        value: () => process.memoryUsage().external,
      },
    ]
    for (const { name, help, value } of gauges) {
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(value())
        },
      })
    }
    for (const { name, help, value } of counters) {
      new Counter({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.reset()
          this.inc(value())
        },
      })
    }
  }

  private addReasons({ runner }: Service): void {
    new Counter({
      name: 'heedful_refused_lines_total',
      help: 'Lines refused since the start, by reason.',
      labelNames: ['reason'],
      registers: [this.registry],
      collect() {
        this.reset()
        for (const { reason, count } of runner.tally.refused.values()) this.inc({ reason }, count)
      },
    })
  }

  /** `route`: its pattern, so that whoever invents URLs invents no series. */
  answered(method: string, route: string, status: number, seconds: number): void {
    this.requests.inc({ method, route, status: String(status) })
    this.durations.observe({ route }, seconds)
  }
}
