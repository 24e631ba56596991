/** Much more is taken than ever before; its twins are copies that are habit, or that the whole department makes. */
import type { Random } from '@heedful/detect/contracts/random'
import { between, chance, sample, whole } from '../draw.ts'
import type { Difficulty } from '../labelled.ts'
import { departmentOn, type Person } from '../people/person.ts'
import type { World } from '../world.ts'
import type { Occasion } from './kind.ts'
import { carryOut, isSteady, middleOfWork, note, ownPlan, type Plan, peersOf, worksOn } from './plan.ts'
import type { Trait } from './trait.ts'

/** Bytes, as a multiple of a usual file of the person, and in how many files. */
const STRENGTH: Record<Difficulty, { times: readonly [number, number]; files: readonly [number, number] }> = {
  loud: { times: [8_000, 30_000], files: [8, 24] },
  medium: { times: [1_800, 5_000], files: [6, 14] },
  subtle: { times: [350, 900], files: [4, 9] },
}

function usualFile(person: Person, day: number): number {
  return departmentOn(person, day).fileBytes * person.volume
}

function shape(_world: World, plan: Plan, difficulty: Difficulty, random: Random): void {
  const { times, files } = STRENGTH[difficulty]
  plan.bytes = usualFile(plan.person, plan.day) * between(random, times[0], times[1])
  plan.files = whole(random, files[0], files[1])
}

function shapeTwin(_world: World, plan: Plan, random: Random): void {
  plan.bytes = usualFile(plan.person, plan.day) * between(random, 600, 6_000)
  plan.files = whole(random, 3, 8)
  plan.source = { department: departmentOn(plan.person, plan.day).name, folder: 'archive', document: 'zip' }
}

/** Every week, at the same hour of the same day, since the first week: the volume of a theft, but a habit. */
function weeklyCopy(world: World, occasion: Occasion): void {
  const { random } = occasion
  const day = occasion.day
  const person = occasion.people.take(random, isSteady(world, day))
  note(occasion.used, 'user', person.name)
  const first = day - 7 * Math.floor((day - world.firstDay) / 7)
  const hour = random.next()
  const factor = between(random, 600, 6_000)
  for (let week = first; week <= world.lastDay; week += 7) {
    occasion.on(week, (scribe) => {
      if (!worksOn(person, week)) return
      const draws = random.split('week').split(week)
      const plan = ownPlan(world, draws, person, week)
      plan.time = middleOfWork(world, random.split('hour'), person, week) + hour * 1000
      shapeTwin(world, plan, draws)
      plan.bytes = usualFile(person, week) * factor * between(draws, 0.85, 1.2)
      carryOut(scribe, draws, plan)
    })
  }
}

/** One afternoon on which a department puts its year away. */
function departmentArchive(world: World, occasion: Occasion): void {
  const { random, day } = occasion
  const person = occasion.people.take(random, isSteady(world, day))
  const everybody = [person, ...sample(random, peersOf(world, person, day), whole(random, 3, 6))]
  for (const one of everybody) note(occasion.used, 'user', one.name)
  occasion.on(day, (scribe) => {
    for (const one of everybody) {
      const draws = random.split(one.index)
      const plan = ownPlan(world, draws, one, day)
      shapeTwin(world, plan, draws)
      carryOut(scribe, draws, plan)
    }
  })
}

export const largeTransfer: Trait = {
  name: 'large_transfer',
  techniques: ['T1039', 'T1567.002'],
  intruder: false,
  shape,
  twin: {
    name: 'habitual_copy',
    sharedSignal: 'far more bytes read than on other days',
    difference:
      'it happens every week at the same hour, or several of the department copy to the same archive folder that day',
    rate: 0.0009,
    shape: shapeTwin,
    peers: 3,
    alone(world, occasion) {
      if (chance(occasion.random, 0.5)) weeklyCopy(world, occasion)
      else departmentArchive(world, occasion)
    },
  },
}
