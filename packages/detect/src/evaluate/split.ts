/** Which rows a detector is fitted on, and which it is then asked about. */
import { HeedfulError } from '../contracts/errors.ts'
import type { Random } from '../contracts/random.ts'

/**
 * - `unsupervised`: fit on all rows without their labels, score the same rows.
 * - `novelty`: fit on a random half of the normal rows, score the rest.
 * - `supervised`: fit on 70 % with labels, as many of each kind, score the rest.
 * - `time`: fit on the earliest 70 % with labels, score what came later. Rows of one moment stay together.
 * - `group`: fit on about 70 % with labels, score the rest; no group is on both sides.
 */
export const PROTOCOLS = ['unsupervised', 'novelty', 'supervised', 'time', 'group'] as const
export type Protocol = (typeof PROTOCOLS)[number]

/** The part that is fitted on, where labels are given. */
const TAUGHT = 0.7

/** What is known of the rows: `labels` are 1 (anomaly), 0 (normal), NaN (not labelled). */
export interface Known {
  readonly labels: Float64Array
  readonly time?: Float64Array
  readonly group?: Int32Array
}

export interface Split {
  /** Row numbers, ascending. */
  readonly fitted: Int32Array
  /** Row numbers, ascending. */
  readonly scored: Int32Array
  /** Whether the fit is told the labels of its rows. */
  readonly labelled: boolean
}

const rowsWhere = (count: number, wanted: (row: number) => boolean): number[] =>
  Array.from({ length: count }, (_, row) => row).filter(wanted)

/** Fisher and Yates. */
function shuffle(list: number[], random: Random): number[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const moved = list[i]!
    list[i] = list[j]!
    list[j] = moved
  }
  return list
}

/** The first `share` of a shuffled list, and what is left; neither is empty where there are two or more. */
function divide(list: number[], share: number, random: Random): [number[], number[]] {
  const cut = Math.min(Math.max(Math.round(list.length * share), 1), Math.max(list.length - 1, 1))
  const shuffled = shuffle(list, random)
  return [shuffled.slice(0, cut), shuffled.slice(cut)]
}

function novelty({ labels }: Known, random: Random): [number[], number[]] {
  const normal = rowsWhere(labels.length, (row) => labels[row] === 0)
  const anomalies = rowsWhere(labels.length, (row) => labels[row] === 1)
  const [fitted, rest] = divide(normal, 0.5, random)
  return [fitted, [...rest, ...anomalies]]
}

/** Rows without a label are fitted on: few labels are allowed, and nobody can say whether they were found. */
function stratified({ labels }: Known, random: Random): [number[], number[]] {
  const fitted = rowsWhere(labels.length, (row) => Number.isNaN(labels[row]))
  const scored: number[] = []
  for (const label of [0, 1]) {
    const rows = rowsWhere(labels.length, (row) => labels[row] === label)
    const [taught, asked] = divide(rows, TAUGHT, random.split(label))
    for (const row of taught) fitted.push(row)
    for (const row of asked) scored.push(row)
  }
  return [fitted, scored]
}

function byTime({ labels, time }: Known): [number[], number[]] {
  if (!time) throw new HeedfulError('split-impossible', 'protocol time needs a time of each row; give one')
  const odd = time.findIndex((moment) => Number.isNaN(moment))
  if (odd >= 0) throw new HeedfulError('split-impossible', `row ${odd} has no time; give it one, or leave the row out`)
  const sorted = time.slice().sort()
  const cut = sorted[Math.min(Math.floor(labels.length * TAUGHT), labels.length - 1)]!
  return [rowsWhere(labels.length, (row) => time[row]! < cut), rowsWhere(labels.length, (row) => time[row]! >= cut)]
}

function byGroup({ labels, group }: Known, random: Random): [number[], number[]] {
  if (!group) throw new HeedfulError('split-impossible', 'protocol group needs a group of each row; give one')
  const sizes = new Map<number, number>()
  for (const whose of group) sizes.set(whose, (sizes.get(whose) ?? 0) + 1)
  const taught = new Set<number>()
  let left = labels.length * TAUGHT
  for (const whose of shuffle([...sizes.keys()], random)) {
    const size = sizes.get(whose)!
    if (left < size / 2) continue
    taught.add(whose)
    left -= size
  }
  return [
    rowsWhere(labels.length, (row) => taught.has(group[row]!)),
    rowsWhere(labels.length, (row) => !taught.has(group[row]!)),
  ]
}

function sides(protocol: Protocol, known: Known, random: Random): [number[], number[]] {
  switch (protocol) {
    case 'unsupervised': {
      const all = rowsWhere(known.labels.length, () => true)
      return [all, all]
    }
    case 'novelty':
      return novelty(known, random)
    case 'supervised':
      return stratified(known, random)
    case 'time':
      return byTime(known)
    case 'group':
      return byGroup(known, random)
    default:
      return protocol satisfies never
  }
}

/**
 * Divides rows as a protocol says. The same random stream gives the same parts.
 * Error: `split-impossible` where a part is empty, or nothing could be measured on the rows to score.
 */
export function splitRows(protocol: Protocol, known: Known, random: Random): Split {
  const [fitted, scored] = sides(protocol, known, random)
  const refuse = (why: string) => {
    throw new HeedfulError('split-impossible', `protocol ${protocol}: ${why}; take more rows, or another protocol`)
  }
  if (fitted.length === 0) refuse('there are no rows to fit on')
  const has = (label: number) => scored.some((row) => known.labels[row] === label)
  if (!has(1)) refuse('there is no anomaly among the rows to score')
  if (!has(0)) refuse('there is no normal row among the rows to score')
  const labelled = protocol === 'supervised' || protocol === 'time' || protocol === 'group'
  return { fitted: Int32Array.from(fitted).sort(), scored: Int32Array.from(scored).sort(), labelled }
}
