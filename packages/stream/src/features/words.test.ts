import { describe, expect, it } from 'vitest'
import { busyMinutes } from '../behaviours/busy-minutes.ts'
import { guessing } from '../behaviours/guessing.ts'
import { heavyDay } from '../behaviours/heavy-day.ts'
import { largeTransfer } from '../behaviours/large-transfer.ts'
import { passwordSpray } from '../behaviours/password-spray.ts'
import { rareService } from '../behaviours/rare-service.ts'
import type { Event } from '../event.ts'
import { Around, EVERYBODY } from '../memory/around.ts'
import { activity } from './activity.ts'
import { attempts } from './attempts.ts'
import { denials } from './denials.ts'
import type { Feature, Seen, Surroundings } from './feature.ts'
import { service } from './service.ts'
import { volume } from './volume.ts'

/** A Monday, 09:00 UTC. */
const MONDAY = Date.UTC(2026, 2, 2, 9)
const HOUR = 3_600_000

function seenAt(time: number, change: Partial<Event> = {}, more: Partial<Seen> = {}): Seen {
  return {
    event: {
      id: `e${time}`,
      position: 0,
      time,
      class: 'authentication',
      activity: 'logon',
      status: 'success',
      count: 1,
      ...change,
    },
    context: {},
    hour: Math.floor(time / HOUR),
    inside: false,
    addressHolders: 0,
    networkHolders: 0,
    account: 'ada',
    stranger: false,
    ...more,
  }
}

/** What a feature says, in a fold's order. */
class Life<M> {
  private readonly feature: Feature<M>
  private readonly memory: M
  private readonly surroundings: Surroundings = { around: new Around(), group: EVERYBODY }

  // biome-ignore lint/suspicious/noExplicitAny: the values are the feature's own affair
  constructor(feature: Feature<M, any>) {
    this.feature = feature
    this.memory = feature.start()
  }

  live(seen: Seen): void {
    const { feature, memory, surroundings } = this
    const captured = feature.capture?.(memory, seen)
    feature.note?.(memory, seen)
    if (seen.event.status === 'success') feature.learn?.(memory, seen, surroundings, captured)
  }

  words(seen: Seen) {
    return this.feature.tell(this.memory, seen, this.surroundings)
  }

  told({ explain }: typeof guessing, seen: Seen) {
    const values = this.feature.read(this.memory, seen, this.surroundings)
    if (values === undefined) throw new Error('it does not concern the event')
    return explain(values, this.words(seen))
  }
}

describe('what a reason says', () => {
  it('counts refusals an hour where they are many, never "every 0 hours"', () => {
    const refused = (time: number) =>
      seenAt(time, { class: 'file_activity', activity: 'read', status: 'failure', count: 3 })
    const life = new Life(denials)
    expect(life.words(refused(MONDAY)).expected).toBe('about one refusal every 20 active hours')
    for (let i = 0; i < 90; i++) life.live(refused(MONDAY + i * 48 * HOUR))
    expect(life.words(refused(MONDAY + 90 * 48 * HOUR)).expected).toMatch(/^about 2\.\d refusals an active hour$/)
  })

  it('compares a newcomer with what newcomers are lent, in the words of numbers', () => {
    const busy = new Life(activity)
    expect(busy.told(busyMinutes, seenAt(MONDAY, { count: 200 })).text).toContain('above what is usual: about 3.')
    const moving = new Life(volume)
    const large = seenAt(MONDAY, { class: 'file_activity', activity: 'read', bytesOut: 5e9 })
    for (const one of [heavyDay, largeTransfer]) expect(moving.told(one, large).text).not.toMatch(/known yet|\b1 B\b/)
    expect(moving.told(largeTransfer, large).expected).toBe('about 22 kB at a time')
  })

  it('says nothing of hours in which nothing was moved but sessions, and counts a session once', () => {
    const life = new Life(volume)
    const session = (time: number) => seenAt(time, { bytesOut: 1_000_000 })
    const read = (time: number) => seenAt(time, { class: 'file_activity', activity: 'read', bytesOut: 1_000_000 })
    for (let i = 0; i < 9; i++) life.live(session(MONDAY + i * 24 * HOUR))
    expect(life.words(session(MONDAY + 10 * 24 * HOUR)).expected).not.toContain('within hours')
    life.live(read(MONDAY + 10 * 24 * HOUR))
    expect(life.words(session(MONDAY + 10 * 24 * HOUR)).observed).toBe('1.0 MB (1.0 MB within hours)')
    expect(life.words(read(MONDAY + 10 * 24 * HOUR)).observed).toBe('1.0 MB (2.0 MB within hours)')
  })

  it('does not call first seen what was forgotten, or is not trusted yet', () => {
    const life = new Life(service)
    const use = (name: string, time: number) => seenAt(time, { class: 'application_activity', service: name })
    for (let i = 0; i < 30; i++) life.live(use(`application ${i}`, MONDAY))
    expect(life.told(rareService, use('application 0', MONDAY + HOUR)).text).toMatch(
      /^Unfamiliar application: application 0/,
    )
  })

  it('counts at least as many names as it can tell apart', () => {
    const life = new Life(attempts)
    const fail = (i: number) => seenAt(MONDAY + i * 1000, { status: 'failure' }, { account: `?${i}` })
    for (let i = 0; i < 30; i++) life.live(fail(i))
    expect(life.words(fail(30)).observed).toBe('31 failures within an hour, of 31 names; 31 names within a day')
    for (let i = 30; i < 500; i++) life.live(fail(i))
    expect(life.words(fail(500)).observed).toMatch(/ of at least 49 names; at least 49 names within a day$/)
  })

  it('says what is usual as it was weighed: failures and names, also of those who share the address', () => {
    const life = new Life(attempts)
    const fail = seenAt(MONDAY, { status: 'failure' }, { addressHolders: 40 })
    expect(life.told(guessing, fail).expected).toBe('about 4.2 failures an active hour; about 2.2 names an active hour')
    expect(life.told(passwordSpray, seenAt(MONDAY, { status: 'failure' })).expected).toBe(
      'about one failure every 5 active hours; about one name every 5 active hours',
    )
  })
})
