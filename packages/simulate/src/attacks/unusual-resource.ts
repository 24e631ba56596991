/** Looking into what belongs to other departments; its twin is a project that many of a department join in the same days. */
import type { Random } from '@heedful/detect/contracts/random'
import { between, chance, pick, sample, whole } from '../draw.ts'
import type { Difficulty } from '../labelled.ts'
import { DEPARTMENTS } from '../people/departments.ts'
import { departmentOn } from '../people/person.ts'
import type { World } from '../world.ts'
import type { Occasion } from './kind.ts'
import { carryOut, foreignTargets, isSteady, note, ownPlan, type Plan, peersOf, type Target, worksOn } from './plan.ts'
import type { Trait } from './trait.ts'

/** Things opened, and of how many departments. */
const STRENGTH: Record<Difficulty, { count: readonly [number, number]; departments: number }> = {
  loud: { count: [14, 30], departments: 4 },
  medium: { count: [7, 11], departments: 2 },
  subtle: { count: [3, 5], departments: 1 },
}

function shape(_world: World, plan: Plan, difficulty: Difficulty, random: Random): void {
  const { count, departments } = STRENGTH[difficulty]
  plan.targets.push(...foreignTargets(random, plan.person, plan.day, whole(random, count[0], count[1]), departments))
  plan.pace = Math.min(plan.pace, difficulty === 'loud' ? 1 : 3)
}

/** A project's folder in another department's share, and that department's application. */
function project(random: Random, own: string): { targets: (random: Random) => Target[] } {
  const other = pick(
    random,
    DEPARTMENTS.filter((one) => one.name !== own),
  )
  const folder = `project-${pick(random, ['aurora', 'basalt', 'cedar', 'delta', 'ember', 'fjord', 'garnet', 'harbour'])}`
  const application = pick(random, other.applications).application
  return {
    targets: (draws) =>
      Array.from({ length: whole(draws, 3, 8) }, () =>
        chance(draws, 0.25)
          ? { application: application.name, page: pick(draws, application.resources) }
          : { path: `/${other.name}/${folder}/${folder}-${whole(draws, 1, 12)}.${pick(draws, other.documents)}` },
      ),
  }
}

function shapeTwin(_world: World, plan: Plan, random: Random): void {
  // Everybody of one occasion draws the project from one stream, so that they share it.
  const chosen = project(random.split('project'), departmentOn(plan.person, plan.day).name)
  plan.targets.push(...chosen.targets(random))
}

function departmentProject(world: World, occasion: Occasion): void {
  const { random, day } = occasion
  const person = occasion.people.take(random, isSteady(world, day))
  const everybody = [person, ...sample(random, peersOf(world, person, day), whole(random, 4, 8))]
  const chosen = project(random.split('project'), departmentOn(person, day).name)
  for (const one of everybody) {
    note(occasion.used, 'user', one.name)
    const begins = day + (one === person ? 0 : Math.floor(between(random, 0, 2)))
    for (let later = begins; later < begins + 4; later++) {
      occasion.on(later, (scribe) => {
        if (!worksOn(one, later)) return
        const draws = random.split(one.index).split(later)
        const plan = ownPlan(world, draws, one, later)
        plan.targets.push(...chosen.targets(draws))
        delete plan.door
        carryOut(scribe, draws, plan)
      })
    }
  }
}

export const unusualResource: Trait = {
  name: 'unusual_resource',
  techniques: ['T1213', 'T1039'],
  intruder: false,
  shape,
  twin: {
    name: 'department_project',
    sharedSignal: 'folders and applications of another department, never opened before',
    difference:
      'several colleagues of the same department open the same folder in the same days, from their usual seats',
    rate: 0.0004,
    shape: shapeTwin,
    peers: 4,
    alone: departmentProject,
  },
}
