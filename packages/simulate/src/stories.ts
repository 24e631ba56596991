/** Puts the stories of a simulation into its diary: attack campaigns, and the benign ones that look like them. */
import type { Random } from '@heedful/detect/contracts/random'
import type { EntityRef, Event } from '@heedful/stream'
import type { AttackKind, Occasion, Victims } from './attacks/kind.ts'
import { note } from './attacks/plan.ts'
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
  const shared = sharedAddresses(world)
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
      const before = out.length
      kind.strike(world, {
        difficulty,
        day,
        random: random.split('strike'),
        scribe,
        victims,
        ...(person === undefined ? {} : { prepared: person }),
      })
      for (const { event } of out.slice(before)) nameEntities(campaign, event, shared)
    })
    return campaign
  })
}

/** Addresses that everybody comes from: they are nobody's in particular, also when a thief sits behind them. */
function sharedAddresses(world: World): Set<string> {
  const shared = new Set<string>()
  const { offices, exits } = world.organisation
  for (const office of offices) for (const { ip } of office.egress) if (ip !== undefined) shared.add(ip)
  for (const list of exits) for (const { value } of list) if (value.ip !== undefined) shared.add(value.ip)
  return shared
}

/** Who and what an event of a campaign was done with, and aimed at. */
function nameEntities(campaign: Campaign, event: Event, shared: ReadonlySet<string>): void {
  const address = event.srcEndpoint?.ip
  if (address !== undefined && !shared.has(address)) note(campaign.used, 'address', address)
  const account = event.actor ?? event.user
  if (event.unknownUser !== true) {
    note(campaign.attacked, 'user', account?.name)
    if (event.actor !== undefined) note(campaign.attacked, 'user', event.user?.name)
    if (event.status === 'success') note(campaign.used, 'user', account?.name)
  }
  const onHost =
    event.service === 'sshd' || event.service === 'sudo' || event.service === 'su' || event.service === 'smb'
  if (onHost) note(campaign.attacked, 'host', event.dstEndpoint?.hostname)
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
