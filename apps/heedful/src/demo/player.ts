/** Plays a life into a service: its history as fast as it is judged, then live, at a pace that people choose. */
import type { Demo } from '../api/demo.ts'
import { messageOf } from '../errors.ts'
import { Refusal } from '../serving/refusal.ts'
import type { Service } from '../serving/service.ts'
import type { Life } from './life.ts'

export type State = ReturnType<Demo['state']>

const SOURCE = 'demo'
const FORMAT = 'ecs-ndjson'
/** Events of history at a time, and records that may wait to be judged meanwhile. */
const BATCH = 1000
const MOST_LAG = 4000
/** ms between two looks at what happened. */
const BEAT = 100
/** Seconds of life in a second. */
export const PACE = 60

const wait = (time: number) => new Promise((resolve) => setTimeout(resolve, time))
const iso = (time: number) => new Date(time).toISOString()

/** The clock of the simulated world. A service goes by it, so it exists before the player does. */
export class DemoClock {
  private time: number
  private since = performance.now()
  private running = false
  private speed = PACE

  constructor(time: number) {
    this.time = time
  }

  get now(): number {
    return this.running ? this.time + (performance.now() - this.since) * this.speed : this.time
  }

  get pace(): number {
    return this.speed
  }

  /** Runs from `time` on. */
  start(time: number): void {
    this.time = time
    this.since = performance.now()
    this.running = true
  }

  changePace(pace: number): void {
    const { now } = this
    this.speed = pace
    this.time = now
    this.since = performance.now()
  }
}

export class Player implements Demo {
  readonly door = `${SOURCE}:${FORMAT}`
  /** What hinders it for now. */
  trouble: string | undefined
  private readonly service: Service
  private readonly life: Life
  private readonly clock: DemoClock
  private liveSince: number | null = null
  private stopping = false
  private ended: Promise<void> | undefined
  /** Time of the latest event that was told, ms UTC. */
  private reached: number

  constructor(service: Service, life: Life, clock: DemoClock) {
    this.service = service
    this.life = life
    this.clock = clock
    this.reached = life.from
  }

  get over(): boolean {
    return this.liveSince !== null && this.life.over
  }

  /** Plays until it is stopped. Rejects where the service fails for good. */
  play(): Promise<void> {
    this.ended = this.run()
    return this.ended
  }

  async stop(): Promise<void> {
    this.stopping = true
    await this.ended?.catch(() => undefined)
  }

  private async run(): Promise<void> {
    await this.service.caughtUp()
    this.goOn()
    while (!this.stopping && this.reached < this.life.liveFrom) {
      if (this.service.lag > MOST_LAG) await wait(2)
      else if ((await this.tell(this.life.liveFrom, BATCH)) === 0) break
    }
    await this.service.caughtUp()
    if (this.stopping) return
    const from = Math.max(this.life.liveFrom, this.reached)
    this.clock.start(from)
    this.liveSince = from
    while (!this.stopping) {
      await this.tell(this.clock.now, BATCH)
      await wait(BEAT)
    }
  }

  /** From where the log's last start ended. What is told twice has the same id and is one event. */
  private goOn(): void {
    const { doors, space } = this.service
    const number = doors.list.find(({ name }) => name === this.door)?.door
    const known = space.store.tables.doors.all().find(({ door }) => door === number)
    if (known === undefined || known.last === null) return
    this.reached = known.last
    this.life.skipTo(known.last)
  }

  /** @returns how many events; a service that asks to wait is asked again. */
  private async tell(until: number, most: number): Promise<number> {
    const moments = this.life.take(until, most)
    if (moments.length === 0) return 0
    const lines = moments.map(({ line }, i) => ({ text: line, number: i + 1, end: 0, damaged: false }))
    while (!this.stopping) {
      try {
        await this.service.submit({ source: SOURCE, format: FORMAT, lines })
        this.trouble = undefined
        this.reached = moments.at(-1)?.time ?? this.reached
        return moments.length
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        this.trouble = messageOf(error)
        await wait(1000 * Math.min(5, error.retryAfter ?? 1))
      }
    }
    return 0
  }

  state(): State {
    const { from, liveFrom } = this.life
    const live = this.liveSince !== null
    return {
      pace: this.clock.pace,
      simulated_time: iso(live ? this.clock.now : this.reached),
      phase: live ? 'live' : 'history',
      progress: live ? 1 : Math.min(1, (this.reached - from) / (liveFrom - from)),
      live_since: this.liveSince === null ? null : iso(this.liveSince),
    }
  }

  setPace(pace: number): State {
    this.clock.changePace(pace)
    return this.state()
  }
}
