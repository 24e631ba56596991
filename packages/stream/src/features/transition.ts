import { type Habit, startHabit } from '../memory/habit.ts'
import { learnShared, type RarityValues, readRarity, showRarity, tellRarity } from './dimension.ts'
import type { Feature, Seen } from './feature.ts'

/** Where a person last was, on what, and how such changes usually go. */
interface TransitionMemory {
  network: string
  device: string
  /** ms UTC of the last success; 0 before the first. */
  time: number
  habit: Habit
}

/** Gaps that differ in kind: the same sitting, the same morning, the same day, another day. Minutes. */
const GAPS: readonly [number, string][] = [
  [15, 'within a quarter of an hour'],
  [60, 'within an hour'],
  [240, 'within four hours'],
  [720, 'within half a day'],
  [Number.POSITIVE_INFINITY, 'after half a day or more'],
]

/** Everybody holds several of these, so they are kept in two letters: the gap (`=` the same network) and the device. */
function transitionOf(memory: TransitionMemory, seen: Seen): string | undefined {
  if (memory.time === 0 || seen.network === undefined) return undefined
  const sameDevice = seen.device === undefined || memory.device === '' || seen.device === memory.device
  const on = sameDevice ? 's' : 'o'
  if (seen.network === memory.network) return `=${on}`
  const minutes = (seen.event.time - memory.time) / 60_000
  return `${GAPS.findIndex(([limit]) => minutes < limit)}${on}`
}

function say(code: string): string {
  const on = code.endsWith('s') ? 'the same device' : 'another device'
  const gap = GAPS[Number(code[0])]?.[1]
  return gap === undefined ? `the same network, ${on}` : `another network ${gap}, ${on}`
}

export const transition: Feature<TransitionMemory, RarityValues> = {
  id: 'transition',
  version: 1,
  about: 'user',
  summary: 'How a person moves between networks and devices, and how quickly.',
  start: () => ({ network: '', device: '', time: 0, habit: startHabit() }),
  read(memory, seen, surroundings) {
    const value = transitionOf(memory, seen)
    return value === undefined ? undefined : readRarity(memory.habit, value, 'transition', surroundings)
  },
  tell: (memory, seen) => tellRarity(memory.habit, transitionOf(memory, seen), say),
  portrait: (memory, surroundings) => showRarity(memory.habit, 'transition', surroundings, say),
  maturity: (memory) => memory.habit.total,
  capture: transitionOf,
  note(memory, { event, network, device }) {
    if (event.status !== 'success' || network === undefined || event.time < memory.time) return
    memory.network = network
    memory.device = device ?? memory.device
    memory.time = event.time
  },
  learn(memory, seen, surroundings, captured) {
    if (typeof captured === 'string')
      learnShared(memory.habit, captured, seen, 'transition', surroundings, { capacity: 16, halfLife: 45 })
  },
  holdings: (memory) => ({ table: 'transition', values: memory.habit.values }),
}
