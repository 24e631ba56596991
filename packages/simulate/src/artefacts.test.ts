/** Nothing but what people do may tell attacks apart: no field, range or form that only attacks have by construction. */
import { describe, expect, it } from 'vitest'
import type { LabelledEvent } from './labelled.ts'
import { simulate } from './simulate.ts'
import { toEcs } from './write/ecs.ts'

/** Chance that an attack's value lies above a benign one's: 0.5 says nothing. */
function separation(attacks: readonly number[], benign: readonly number[]): number {
  const all = [...attacks.map((value) => ({ value, one: 1 })), ...benign.map((value) => ({ value, one: 0 }))]
  all.sort((a, b) => a.value - b.value)
  let ranks = 0
  for (let i = 0; i < all.length; ) {
    let j = i
    let attacking = 0
    while (j < all.length && all[j]?.value === all[i]?.value) attacking += all[j++]?.one ?? 0
    ranks += (attacking * (i + j + 1)) / 2
    i = j
  }
  return (ranks - (attacks.length * (attacks.length + 1)) / 2) / (attacks.length * benign.length)
}

/** Names of the fields that a document has, whatever their values. */
function shapeOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.entries(value).flatMap(([key, inner]) => shapeOf(inner, `${path}.${key}`))
}

const EVENTS: LabelledEvent[] = [11, 12].flatMap((seed) => [...simulate({ users: 220, days: 32, seed }).events])
const ATTACKS = EVENTS.filter((one) => one.campaign !== undefined)
const BENIGN = EVENTS.filter((one) => one.campaign === undefined)

describe('a simulated log', () => {
  const numbers: [string, (one: LabelledEvent) => number | undefined][] = [
    ['port', ({ event }) => event.srcEndpoint?.port],
    ['milliseconds', ({ event }) => event.time % 1000],
    ['second of the minute', ({ event }) => Math.floor(event.time / 1000) % 60],
    ...[0, 1, 7, 13, 19].map((at): [string, (one: LabelledEvent) => number] => [
      `letter ${at} of the id`,
      ({ event }) => event.id.charCodeAt(at),
    ]),
  ]
  it.each(numbers)('does not give attacks away by the %s', (_name, read) => {
    const values = (list: LabelledEvent[]) => list.map(read).filter((value) => value !== undefined)
    expect(ATTACKS.length).toBeGreaterThan(700)
    const auc = separation(values(ATTACKS), values(BENIGN))
    // Connections share ports and bursts share seconds, so samples are not independent: four times the plain deviation.
    expect(Math.abs(auc - 0.5)).toBeLessThan(0.05)
  })

  it('draws public addresses of attacks from the same parts of their blocks', () => {
    const lastParts = (list: LabelledEvent[]) => {
      const outside = list.filter(({ event }) => event.srcEndpoint?.location !== undefined)
      return [...new Set(outside.map(({ event }) => event.srcEndpoint?.ip))].map((ip) => Number(ip?.split('.')[3]))
    }
    expect(lastParts(ATTACKS).length).toBeGreaterThan(60)
    expect(Math.abs(separation(lastParts(ATTACKS), lastParts(BENIGN)) - 0.5)).toBeLessThan(0.12)
  })

  it('does give away what is planted: the check itself can see', () => {
    expect(separation([5, 6, 7], [1, 2, 3])).toBe(1)
    expect(separation([1, 2, 3], [1, 2, 3])).toBe(0.5)
    const bytes = (list: LabelledEvent[]) =>
      list.map(({ event }) => event.bytesOut).filter((value) => value !== undefined)
    expect(separation(bytes(ATTACKS), bytes(BENIGN))).toBeGreaterThan(0.55)
  })

  it('has no form of event, network, user agent, service or reason that only attacks have', () => {
    const reads: ((one: LabelledEvent) => string)[] = [
      ({ event }) => `${event.class} ${event.activity} ${event.status} ${event.service}`,
      ({ event }) => String(event.srcEndpoint?.autonomousSystem?.number),
      ({ event }) => String(event.statusDetail),
      ({ event }) => String(event.authMethod),
      ({ event }) => String(event.srcEndpoint?.location?.city),
    ]
    for (const read of reads) {
      const benign = new Set(BENIGN.map(read))
      expect([...new Set(ATTACKS.map(read))].filter((value) => !benign.has(value))).toEqual([])
    }
    const agents = new Set(BENIGN.map(({ event }) => event.userAgent))
    const strange = ATTACKS.filter(({ event }) => !agents.has(event.userAgent))
    expect(strange.length / ATTACKS.length).toBeLessThan(0.01)
  })

  it('has no shape of ECS document that only attacks have', () => {
    const shape = ({ event }: LabelledEvent) =>
      shapeOf(JSON.parse(toEcs(event)))
        .sort()
        .join(' ')
    const benign = new Set(BENIGN.map(shape))
    const strange = ATTACKS.map(shape).filter((one) => !benign.has(one))
    expect(strange.length / ATTACKS.length, [...new Set(strange)].join('\n')).toBeLessThan(0.01)
  })
})
