/** Makes kinds of attack of one or two traits: five alone and the ten pairs of them. */
import { chance, sample, whole } from '../draw.ts'
import { departmentOn, type Person } from '../people/person.ts'
import type { World } from '../world.ts'
import { disguise, hideout } from './hideout.ts'
import type { AttackKind, Occasion, Strike } from './kind.ts'
import { carryOut, drawDoor, isSteady, note, ownPlan, type Plan, peersOf } from './plan.ts'
import type { Trait } from './trait.ts'

/** The order in which traits shape a plan: the hour first, as the leap of a journey depends on it. */
const ORDER = ['off_hours', 'impossible_travel', 'repeated_failures', 'unusual_resource', 'large_transfer']

function inOrder(traits: readonly Trait[]): Trait[] {
  return [...traits].sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name))
}

function breakIn(strike: Strike, plan: Plan): void {
  const { random, difficulty, day } = strike
  plan.from = hideout(random, plan.person, day, difficulty)
  plan.device = disguise(random, plan.person, day, difficulty)
  delete plan.inside
  plan.door = drawDoor(random, plan.person)
  plan.visits = whole(random, 1, 3)
}

function strike(world: World, strike: Strike, traits: readonly Trait[]): void {
  const { random, day, difficulty } = strike
  const steady = isSteady(world, day)
  const fits = (person: Person) => steady(person) && traits.every((trait) => trait.fits?.(world, person, day) ?? true)
  const person = strike.victims.take(random, fits)
  const plan = ownPlan(world, random, person, day)
  // Nobody needs somebody else for reaching too far or taking too much: half of that is done by the owner.
  const takes = traits.some((trait) => trait.name === 'large_transfer' || trait.name === 'unusual_resource')
  const owner = takes && !traits.some((trait) => trait.intruder) && chance(random, 0.5)
  if (!owner) breakIn(strike, plan)
  for (const trait of inOrder(traits)) trait.shape(world, plan, difficulty, random)
  if (traits.length === 1 && traits[0]?.name === 'repeated_failures' && chance(random, 0.45))
    plan.attempt.givesUp = true
  carryOut(strike.scribe, random, plan)
}

function arrange(world: World, occasion: Occasion, traits: readonly Trait[]): void {
  const [first] = traits
  if (traits.length === 1 && first?.twin.alone !== undefined) return first.twin.alone(world, occasion)
  const { random, day } = occasion
  const travels = traits.some((trait) => trait.twin.prepare !== undefined)
  const person = occasion.people.take(random, isSteady(world, day))
  for (const trait of traits) trait.twin.prepare?.(world, person, occasion)
  // On the second day of a trip, when the traveller has arrived.
  const when = travels ? day + 1 : day
  const peers = Math.max(0, ...traits.map((trait) => trait.twin.peers ?? 0))
  const everybody = [person, ...sample(random, peersOf(world, person, when), peers)]
  for (const one of everybody) note(occasion.used, 'user', one.name)
  occasion.on(when, (scribe) => {
    for (const one of everybody) {
      const draws = random.split('visit')
      const own = draws.split(one.index)
      const plan = ownPlan(world, own, one, when)
      for (const trait of inOrder(traits)) {
        const social = (trait.twin.peers ?? 0) > 0
        if (one === person || social)
          trait.twin.shape(world, plan, social ? draws.split(departmentOn(person, when).name) : own)
      }
      carryOut(scribe, own, plan)
    }
  })
}

function headline(traits: readonly Trait[], read: (trait: Trait) => string, joint: string): string {
  return traits.map(read).join(joint)
}

export function combine(...traits: readonly Trait[]): AttackKind {
  return {
    kind: headline(traits, (trait) => trait.name, '+'),
    techniques: [...new Set(traits.flatMap((trait) => trait.techniques))],
    strike: (world, one) => strike(world, one, traits),
    twin: {
      kind: headline(traits, (trait) => trait.twin.name, '+'),
      sharedSignal: headline(traits, (trait) => trait.twin.sharedSignal, ', and '),
      difference: headline(traits, (trait) => trait.twin.difference, '; '),
      rate: traits.length === 1 ? (traits[0] as Trait).twin.rate : 0.0001,
      arrange: (world, occasion) => arrange(world, occasion, traits),
    },
  }
}
