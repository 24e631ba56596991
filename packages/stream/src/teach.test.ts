import { describe, expect, it } from 'vitest'
import type { Event } from './event.ts'
import type { Seen } from './features/feature.ts'
import { type Lesson, Teacher } from './teach.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY

function lessonOf(account: string, id: string, time: number): Lesson {
  const event: Event = {
    id,
    position: 0,
    time,
    class: 'authentication',
    activity: 'logon',
    status: 'success',
    count: 1,
    user: { name: account },
  }
  const seen: Seen = {
    event,
    context: {},
    hour: Math.floor(time / 3_600_000),
    inside: true,
    addressHolders: 0,
    networkHolders: 0,
    account,
    stranger: false,
  }
  return { seen, subjects: [{ type: 'user', id: account }], captured: [] }
}

const ids = (lessons: readonly Lesson[]): string[] => lessons.map(({ seen }) => seen.event.id)

/** Lessons take effect in the tick after next. */
const taught = (teacher: Teacher, time: number): string[] => [...ids(teacher.tick(time)), ...ids(teacher.tick(time))]

describe('the quarantine', () => {
  it('is bounded for all users together, also when it was saved: who came first goes first', () => {
    let teacher = new Teacher()
    for (let i = 0; i < 60_000; i++) teacher.hold(lessonOf(`user ${i % 10_000}`, `event ${i}`, i))
    teacher = new Teacher(teacher.save())
    for (let i = 60_000; i < 101_000; i++) teacher.hold(lessonOf(`user ${i % 10_000}`, `event ${i}`, i))
    const released = ids(teacher.tick(WEEK + 101_000))
    expect(released).toHaveLength(100_000)
    expect(released).not.toContain('event 0')
    expect(released).toContain('event 100999')
  })

  it('releases after a week', () => {
    const teacher = new Teacher()
    teacher.hold(lessonOf('ada', 'e1', DAY))
    expect(taught(teacher, DAY + WEEK - 1)).toEqual([])
    expect(taught(teacher, DAY + WEEK)).toEqual(['e1'])
    expect(teacher.save().quarantine.size).toBe(0)
  })

  it('releases what is ripe behind an event that came out of its order', () => {
    const teacher = new Teacher()
    teacher.hold(lessonOf('ada', 'late', 2 * DAY))
    teacher.hold(lessonOf('ada', 'early', DAY))
    expect(taught(teacher, DAY + WEEK)).toEqual(['early'])
  })

  it('teaches at once what an analyst calls benign, also events from before the alert', () => {
    const teacher = new Teacher()
    for (const id of ['e1', 'e2', 'e3']) teacher.hold(lessonOf('ada', id, DAY))
    teacher.cite('alert', [
      { user: 'ada', event: 'e1' },
      { user: 'ada', event: 'e3' },
    ])
    teacher.judge('alert', 'benign')
    expect(taught(teacher, DAY)).toEqual(['e1', 'e3'])
    expect(taught(teacher, DAY + WEEK)).toEqual(['e2'])
  })

  it('never teaches what an analyst calls malicious, and keeps nothing of it', () => {
    const teacher = new Teacher()
    teacher.hold(lessonOf('ada', 'e1', DAY))
    teacher.cite('alert', [{ user: 'ada', event: 'e1' }])
    teacher.judge('alert', 'malicious')
    expect(taught(teacher, DAY + WEEK)).toEqual([])
    expect(teacher.save().quarantine.size).toBe(0)
  })

  it('leaves lessons of no alert alone', () => {
    const teacher = new Teacher()
    teacher.hold(lessonOf('ada', 'e1', DAY))
    teacher.judge('', 'malicious')
    teacher.judge('another', 'malicious')
    expect(taught(teacher, DAY + WEEK)).toEqual(['e1'])
  })

  it('is taken down as it was, whatever is learned meanwhile', () => {
    const teacher = new Teacher()
    for (let i = 0; i < 10; i++) teacher.hold(lessonOf(`u${i % 4}`, `e${i}`, DAY + i))
    teacher.cite('alert', [{ user: 'u1', event: 'e1' }])
    teacher.trust(lessonOf('ada', 'trusted', DAY))
    const frozen = teacher.freeze()
    const expected = structuredClone(teacher.save())
    teacher.hold(lessonOf('u1', 'more', DAY))
    teacher.cite('other', [
      { user: 'u1', event: 'e5' },
      { user: 'u2', event: 'e2' },
    ])
    teacher.judge('alert', 'benign')
    teacher.trust(lessonOf('ada', 'trusted, too', DAY))
    teacher.tick(DAY + WEEK + 5)
    while (frozen.step());
    expect(frozen.state()).toEqual(expected)
  })
})
