/** A labelled organisation, day after day: benign events, look-alikes and attacks, in order of time. */
import { createRandom } from '@heedful/detect/contracts/random'
import { ATTACKS } from './attacks/registry.ts'
import { scheduleAttacks } from './attacks/schedule.ts'
import { DAY, HOUR } from './clock.ts'
import { knockingDay, serviceDay } from './day/machines.ts'
import { workday } from './day/workday.ts'
import type { Campaign, LabelledEvent, LookAlike } from './labelled.ts'
import { drawOrganisation } from './people/organisation.ts'
import { arrangeTwins, Diary, prepareAttacks, scheduleCampaigns, type Taken } from './stories.ts'
import { Summary } from './summary.ts'
import type { World } from './world.ts'

export interface SimulateOptions {
  /** People, 2 to 20,000. */
  users: number
  days: number
  seed: number
  /** 00:00 UTC of the first day, ms; by default Monday 2026-02-23, so that six weeks hold a change of clocks and a quarter's end. */
  start?: number
  /** Days at the beginning without attacks; 14 by default, at most a third of a shorter span. */
  teachDays?: number
  /** Leaves the attacks out; everything else stays exactly the same. */
  withoutAttacks?: boolean
}

export interface Simulation {
  /** In order of (time, id). Can be gone through once. Holds about two days in memory. */
  events: Generator<LabelledEvent, void, undefined>
  /** Attack campaigns. Known up front; their events and times are complete when `events` has ended. */
  campaigns: readonly Campaign[]
  /** Benign stories that share an attack's headline; complete in the same way. */
  lookAlikes: readonly LookAlike[]
  /** First and one past the last moment, ms UTC. */
  span: { from: number; to: number; teachUntil: number }
  summary: Summary
}

const START = Date.UTC(2026, 1, 23)

/** Local days begin up to this long before the UTC day of the same date. */
const EARLY = 14 * HOUR

function readOptions(options: SimulateOptions): Required<SimulateOptions> {
  const { users, days, seed } = options
  if (!Number.isInteger(users) || users < 2 || users > 20_000) {
    throw new RangeError(`SIM-USERS: users is ${users}; give a whole number from 2 to 20000`)
  }
  if (!Number.isInteger(days) || days < 1 || days > 3660) {
    throw new RangeError(`SIM-DAYS: days is ${days}; give a whole number from 1 to 3660`)
  }
  if (!Number.isFinite(seed)) throw new RangeError(`SIM-SEED: seed is ${seed}; give a finite number`)
  const teachDays = options.teachDays ?? Math.min(14, Math.floor(days / 3))
  if (!Number.isInteger(teachDays) || teachDays < 0) {
    throw new RangeError(`SIM-TEACH: teachDays is ${teachDays}; give a whole number from 0 on`)
  }
  const start = options.start ?? START
  if (!Number.isFinite(start)) throw new RangeError(`SIM-START: start is ${start}; give ms UTC`)
  return {
    users,
    days,
    seed,
    start: Math.floor(start / DAY) * DAY,
    teachDays,
    withoutAttacks: options.withoutAttacks ?? false,
  }
}

function byTime(a: LabelledEvent, b: LabelledEvent): number {
  if (a.event.time !== b.event.time) return a.event.time - b.event.time
  return a.event.id < b.event.id ? -1 : a.event.id > b.event.id ? 1 : 0
}

function record(
  story: { events: string[]; firstTime: number; lastTime: number } | undefined,
  event: { id: string; time: number },
): void {
  if (story === undefined) return
  if (story.events.length === 0) story.firstTime = event.time
  story.lastTime = event.time
  story.events.push(event.id)
}

/**
 * The same options give the same events, to the byte. Without attacks, the benign events and look-alikes are exactly
 * those of the run with them. Throws a RangeError with a code for options out of range.
 */
export function simulate(given: SimulateOptions): Simulation {
  const options = readOptions(given)
  const random = createRandom(options.seed)
  const firstDay = options.start / DAY
  const lastDay = firstDay + options.days - 1
  const organisation = drawOrganisation(random.split('organisation'), options.users, { first: firstDay, last: lastDay })
  const world: World = { random, organisation, firstDay, lastDay, teachUntil: firstDay + options.teachDays }
  const appointments = scheduleAttacks(world, ATTACKS, options.users)
  const diary = new Diary()
  const taken: Taken = new Map()
  const prepared = prepareAttacks(world, appointments, taken)
  const lookAlikes = arrangeTwins(world, diary, appointments, options.users, taken)
  const campaigns = options.withoutAttacks ? [] : scheduleCampaigns(world, diary, appointments, taken, prepared)
  const span = { from: options.start, to: options.start + options.days * DAY, teachUntil: world.teachUntil * DAY }
  const summary = new Summary()
  return { events: run(world, diary, campaigns, lookAlikes, span, summary), campaigns, lookAlikes, span, summary }
}

/** Everything that begins on a calendar day, wherever its people live. */
function writeDay(world: World, diary: Diary, day: number, out: LabelledEvent[]): void {
  for (const person of world.organisation.people) workday(world, person, day, out)
  for (const service of world.organisation.services) serviceDay(service, day, out)
  knockingDay(world, day, out)
  diary.write(day, out)
}

function* run(
  world: World,
  diary: Diary,
  campaigns: readonly Campaign[],
  lookAlikes: readonly LookAlike[],
  span: { from: number; to: number },
  summary: Summary,
): Generator<LabelledEvent, void, undefined> {
  const stories = new Map<string, Campaign | LookAlike>([...campaigns, ...lookAlikes].map((story) => [story.id, story]))
  let waiting: LabelledEvent[] = []
  let settledBefore = Number.NEGATIVE_INFINITY
  let position = 0
  for (let day = world.firstDay - 1; day <= world.lastDay + 1; day++) {
    writeDay(world, diary, day, waiting)
    waiting.sort(byTime)
    const [first] = waiting
    if (first !== undefined && first.event.time < settledBefore) {
      const story = first.campaign ?? first.lookAlike ?? 'a usual day'
      throw new Error(
        `SIM-ORDER: an event of ${story} was written after its time had been given out; write it a day earlier`,
      )
    }
    const settled = day > world.lastDay ? Number.POSITIVE_INFINITY : (day + 1) * DAY - EARLY
    settledBefore = settled
    let given = 0
    for (const labelled of waiting) {
      if (labelled.event.time >= settled) break
      given++
      if (labelled.event.time < span.from || labelled.event.time >= span.to) continue
      labelled.event.position = position++
      record(stories.get(labelled.campaign ?? labelled.lookAlike ?? ''), labelled.event)
      summary.count(labelled)
      yield labelled
    }
    waiting = waiting.slice(given)
  }
}
