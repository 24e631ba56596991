/** Puts the stories of a simulation into its diary: attack campaigns, and the benign ones that look like them. */
import type { Random } from '@heedful/detect/contracts/random'
import type { EntityRef } from '@heedful/stream'
import type { AttackKind, Occasion, Victims } from './attacks/kind.ts'
import { ATTACKS } from './attacks/registry.ts'
import { type Appointment, scheduleTwins } from './attacks/schedule.ts'
import type { Scribe } from './day/scribe.ts'
import { shuffled } from './draw.ts'
import type { Campaign, LabelledEvent, LookAlike } from './labelled.ts'
import type { Person } from './people/person.ts'
import type { World } from './world.ts'

/** The days on which somebody is already in a story. */
export type Taken = Map<Person, number[]>

/** People, each for one story within some days: so that truth stays plain. */
function lottery(world: World, day: number, taken: Taken): Victims {
  const free = (person: Person) => !(taken.get(person) ?? []).some((other) => Math.abs(other - day) < 5)
  const here = (person: Person) => person.joined <= day && person.left > day
  return {
    take(random, fits) {
      const people = shuffled(random, world.organisation.people)
      const person =
        people.find((one) => free(one) && fits(one)) ?? people.find(fits) ?? people.find(here) ?? (people[0] as Person)
      taken.set(person, [...(taken.get(person) ?? []), day])
      return person
    },
  }
}

type Writing = (out: LabelledEvent[]) => void

/** What is to be written on which calendar day, beside the usual. */
export class Diary {
  private readonly byDay = new Map<number, Writing[]>()
  on(day: number, writing: Writing): void {
    const known = this.byDay.get(day)
    if (known === undefined) this.byDay.set(day, [writing])
    else known.push(writing)
  }
  write(day: number, out: LabelledEvent[]): void {
    for (const writing of this.byDay.get(day) ?? []) writing(out)
    this.byDay.delete(day)
  }
}

export function arrangeTwins(
  world: World,
  diary: Diary,
  appointments: readonly Appointment[],
  users: number,
  taken: Taken,
): LookAlike[] {
  const lookAlikes: LookAlike[] = []
  for (const kind of ATTACKS) {
    const attacks = appointments.filter((one) => one.kind === kind).length
    const days = scheduleTwins(world, kind, attacks, users)
    days.forEach((day, n) => {
      const id = `look-alike-${String(lookAlikes.length + 1).padStart(3, '0')}`
      const random = world.random.split('twin').split(kind.kind).split(n)
      lookAlikes.push(arrangeTwin(world, diary, kind, id, day, random, taken))
    })
  }
  return lookAlikes
}

function arrangeTwin(
  world: World,
  diary: Diary,
  kind: AttackKind,
  id: string,
  day: number,
  random: Random,
  taken: Taken,
): LookAlike {
  const used: EntityRef[] = []
  let parts = 0
  const occasion: Occasion = {
    id,
    day,
    random: random.split('occasion'),
    people: lottery(world, day, taken),
    used,
    on(when, write) {
      const marks = random.split('marks').split(parts++)
      diary.on(when, (out) => write({ out, random: marks, lookAlike: id }))
    },
  }
  kind.twin.arrange(world, occasion)
  const { kind: name, sharedSignal, difference } = kind.twin
  return {
    id,
    kind: name,
    resembles: kind.kind,
    sharedSignal,
    difference,
    used,
    firstTime: Number.NaN,
    lastTime: Number.NaN,
    events: [],
  }
}

export function scheduleCampaigns(
  world: World,
  diary: Diary,
  appointments: readonly Appointment[],
  taken: Taken,
  prepared: ReadonlyMap<number, Person>,
): Campaign[] {
  return appointments.map(({ kind, difficulty, day }, n) => {
    const id = `campaign-${String(n + 1).padStart(3, '0')}`
    const random = world.random.split('campaign').split(n)
    const campaign: Campaign = {
      id,
      kind: kind.kind,
      difficulty,
      techniques: kind.techniques,
      used: [],
      attacked: [],
      firstTime: Number.NaN,
      lastTime: Number.NaN,
      events: [],
    }
    const scribe: Scribe = { out: [], random: random.split('marks'), campaign: id }
    const victims = lottery(world, day, taken)
    const person = prepared.get(n)
    // A day early: an attack near midnight may begin in the evening before, and events given out cannot be called back.
    diary.on(day - 1, (out) => {
      scribe.out = out
      kind.strike(world, {
        difficulty,
        day,
        random: random.split('strike'),
        scribe,
        victims,
        attacked: campaign.attacked,
        used: campaign.used,
        ...(person === undefined ? {} : { prepared: person }),
      })
    })
    return campaign
  })
}

/** What has to be so before: an account that will be revived is left first. Done with and without attacks. */
export function prepareAttacks(world: World, appointments: readonly Appointment[], taken: Taken): Map<number, Person> {
  const prepared = new Map<number, Person>()
  appointments.forEach(({ kind, day }, n) => {
    const random = world.random.split('preparing').split(n)
    const person = kind.prepare?.(world, day, random, lottery(world, day, taken))
    if (person !== undefined) prepared.set(n, person)
  })
  return prepared
}
