/**
 * Rarity of categories: how much of one's own habit is at least as rare as what was done; for what is new to somebody,
 * how likely they are to do something new, times how rare it is among their peers, then among everyone.
 *
 * Teh, "A hierarchical Bayesian language model based on Pitman–Yor processes", ACL 2006, section 4, gives the
 * probabilities (see `numerics/habit`); the score is −ln of the mass of the tail, summed over the columns.
 *
 * Use it when columns are categories (who, where, with what), rows belong to somebody, and a stranger does what nobody like
 * them does.
 *
 * Not when columns are numbers, or most values occur once, as ids and free text do: everything is new then.
 *
 * Formula: Σ over columns of −ln(mass of what is at least as rare), backed off from oneself to peers to everyone.
 *
 * Cost: a fit, a score and a lesson take d a row, with tables of what each group did.
 */

import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { HeedfulError } from '../../contracts/errors.ts'
import { inParts, paced } from '../../contracts/paced.ts'
import { int, real, type Values } from '../../contracts/params.ts'
import { type CategoryColumn, type Rows, sliceRows } from '../../contracts/rows.ts'
import { settle } from '../../contracts/training.ts'
import { CountTable, type CountTableState } from '../../numerics/count-table.ts'
import { type Belief, type Level, rarityAmong } from '../../numerics/habit.ts'

const params = {
  halfLife: real(90, 0.01, 36_500, 'days after which an observation counts half; without times nothing fades'),
  concentration: real(1, 0.001, 1000, 'with how many observations of something new every habit begins (θ)'),
  discount: real(0.5, 0, 0.99, "how much of each known value's count speaks for new values (d)"),
  evidence: real(1000, 1, 1e9, 'most observations that a habit weighs, so that scores do not drift as rows are added'),
  values: int(1000, 1, 100_000, 'most values of one column that one group keeps; the faintest goes first'),
  groups: int(100_000, 1, 10_000_000, 'most groups that are kept; the one least recently taught goes first'),
  peers: int(0, 0, 10_000, 'number (from 1) of the column that says who are peers, itself not judged; 0: no peers'),
}

type Settings = Values<typeof params>

/** One table a column. */
type Tables = CountTable[]
type TablesState = readonly CountTableState[]

type State = {
  settings: { readonly [name: string]: number }
  /** Size of each column's dictionary: the number that means "unseen". */
  unseen: Int32Array
  /** Whether rows said whose they are: `everyone` then counts groups that hold a value, else rows. */
  grouped: boolean
  everyone: TablesState
  /** By the category of the peers' column: how many of its groups hold a value. */
  peers: readonly TablesState[]
  /** Least recently taught first. */
  groups: { ids: Int32Array; peers: Int32Array; tables: readonly TablesState[] }
}

interface Group {
  /** Category of the peers' column when it was last taught; −1: none. */
  peers: number
  tables: Tables
}

const DAY = 86_400_000
/** A missing value is a value of its own. */
const MISSING = -1
const NO_PEERS = -1
/** Rows between two looks at the signal. */
const TOGETHER = 1024

const algorithm: Algorithm<typeof params, State> = {
  id: 'rarity',
  version: 1,
  summary: 'Rare categories, by the own habit first, then by that of peers and of everyone. Learns on.',
  reference: 'Teh, ACL 2006, section 4 (hierarchical Pitman–Yor); Good, Biometrika 1953 (what is unseen)',
  kind: 'table',
  columns: 'category',
  learnsFrom: 'unlabelled',
  missing: 'accepts',
  exempt: { 'agrees-with-the-reference': 'no public implementation of this back-off to compare with' },
  params,
  fit(rows, { weights }, settings, _random, job) {
    const live = new Habits(startState(rows, settings))
    const trust = weights ?? new Float64Array(rows.count).fill(1)
    const learn = (from: number, to: number) => live.learn(sliceRows(rows, from, to), trust.subarray(from, to))
    return settle(paced('rarity', job, inParts(rows.count, TOGETHER, 'taking rows in', learn)), () => live.save())
  },
  open: (state) => new Habits(state),
}

function startState(rows: Rows, settings: Settings): State {
  const tables = () => rows.columns.map(() => new CountTable().save())
  return {
    settings,
    unseen: Int32Array.from(rows.columns, (column) => (column as CategoryColumn).categories.length),
    grouped: rows.group !== undefined,
    everyone: tables(),
    peers: settings.peers > 0 ? peersColumn(rows, settings.peers).categories.map(tables) : [],
    groups: { ids: new Int32Array(0), peers: new Int32Array(0), tables: [] },
  }
}

function peersColumn({ columns }: Rows, peers: number): CategoryColumn {
  const column = columns[peers - 1] as CategoryColumn | undefined
  if (column) return column
  const way = `give 0 (no peers) to ${columns.length}`
  throw new HeedfulError(
    'param-range',
    `rarity: parameter "peers" is ${peers}, but there are ${columns.length} columns; ${way}`,
  )
}

class Habits implements Live<State> {
  private readonly settings: Settings
  private readonly belief: Belief
  private readonly halfLife: number
  private readonly unseen: Int32Array
  private readonly grouped: boolean
  private readonly everyone: Tables
  private readonly peers: Tables[]
  /** In the order of their last lesson. */
  private readonly groups = new Map<number, Group>()

  constructor({ settings, unseen, grouped, everyone, peers, groups }: State) {
    this.settings = settings as Settings
    const { concentration, discount, evidence, halfLife } = this.settings
    this.belief = { concentration, discount, evidence }
    this.halfLife = halfLife * DAY
    this.unseen = unseen
    this.grouped = grouped
    this.everyone = openTables(everyone)
    this.peers = peers.map(openTables)
    for (let i = 0; i < groups.ids.length; i++) {
      this.groups.set(groups.ids[i]!, { peers: groups.peers[i]!, tables: openTables(groups.tables[i]!) })
    }
  }

  score(rows: Rows): Float64Array {
    const width = rows.columns.length
    const weights = this.explain(rows)
    const scores = new Float64Array(rows.count)
    for (let i = 0; i < weights.length; i++) scores[Math.floor(i / width)]! += weights[i]!
    return scores
  }

  /** Each column's own surprise, −ln of its rarity: they add up to the score. */
  explain(rows: Rows): Float64Array {
    const width = rows.columns.length
    return rows.data.map((value, i) => {
      const column = i % width
      return column === this.settings.peers - 1 ? 0 : this.surprise(rows, Math.floor(i / width), column, value)
    })
  }

  learn(rows: Rows, trust: Float64Array): void {
    for (let row = 0; row < rows.count; row++) {
      if (trust[row]! <= 0) continue
      if (this.grouped) this.learnHabit(rows, row, trust[row]!)
      else this.learnAlone(rows, row, trust[row]!)
    }
  }

  save(): State {
    const groups = [...this.groups.values()]
    return {
      settings: this.settings,
      unseen: this.unseen.slice(),
      grouped: this.grouped,
      everyone: saveTables(this.everyone),
      peers: this.peers.map(saveTables),
      groups: {
        ids: Int32Array.from(this.groups.keys()),
        peers: Int32Array.from(groups, ({ peers }) => peers),
        tables: groups.map(({ tables }) => saveTables(tables)),
      },
    }
  }

  private surprise(rows: Rows, row: number, column: number, value: number): number {
    const time = timeOf(rows, row)
    const named = nameOf(value)
    const levels: Level[] = []
    const ask = (tables: Tables | undefined, halfLife: number) => {
      if (tables) levels.push(tables[column]!.level(named, time, halfLife))
    }
    if (this.grouped) {
      if (rows.group) ask(this.groups.get(rows.group[row]!)?.tables, this.halfLife)
      ask(this.peers[this.peersOf(rows, row)], Number.POSITIVE_INFINITY)
    }
    ask(this.everyone, this.grouped ? Number.POSITIVE_INFINITY : this.halfLife)
    return 0 - Math.log(rarityAmong(levels, this.belief))
  }

  /** The category of the peers' column; −1 where it is missing, unseen or not asked for. */
  private peersOf(rows: Rows, row: number): number {
    const { peers } = this.settings
    if (peers === 0) return NO_PEERS
    const category = rows.data[row * rows.columns.length + peers - 1]!
    return category < this.unseen[peers - 1]! ? category : NO_PEERS
  }

  private learnAlone(rows: Rows, row: number, weight: number): void {
    for (const [column, table] of this.everyone.entries()) {
      table.learn(this.lessonOf(rows, row, column), weight, timeOf(rows, row), this.halfLife, this.settings.values)
    }
  }

  /** Whose a row is nobody knows teaches nothing: everyone's tables count groups. */
  private learnHabit(rows: Rows, row: number, weight: number): void {
    if (!rows.group) return
    const group = this.groupFor(rows.group[row]!, this.peersOf(rows, row))
    for (const [column, table] of group.tables.entries()) {
      const held = (value: number, by: 1 | -1) => this.countHolder(group.peers, column, value, by)
      const { values } = this.settings
      table.learn(this.lessonOf(rows, row, column), weight, timeOf(rows, row), this.halfLife, values, held)
    }
  }

  private countHolder(peers: number, column: number, value: number, by: 1 | -1): void {
    this.everyone[column]!.change(value, by)
    this.peers[peers]?.[column]?.change(value, by)
  }

  /** The group that is taught now: the newest in the order of lessons, and among its present peers. */
  private groupFor(id: number, peers: number): Group {
    const known = this.groups.get(id)
    const group = known ?? { peers, tables: this.everyone.map(() => new CountTable()) }
    this.groups.delete(id)
    if (!known && this.groups.size >= this.settings.groups) this.forgetOldest()
    this.groups.set(id, group)
    if (group.peers !== peers) this.move(group, peers)
    return group
  }

  private forgetOldest(): void {
    const [id, group] = this.groups.entries().next().value!
    this.countAll(group, -1)
    this.groups.delete(id)
  }

  private move(group: Group, peers: number): void {
    this.countAll(group, -1)
    group.peers = peers
    this.countAll(group, 1)
  }

  private countAll({ peers, tables }: Group, by: 1 | -1): void {
    for (const [column, table] of tables.entries()) {
      for (const value of table.held()) this.countHolder(peers, column, value, by)
    }
  }

  /** The value under which a row's cell is remembered; null for an unseen one, which has no name of its own. */
  private lessonOf(rows: Rows, row: number, column: number): number | null {
    const value = rows.data[row * rows.columns.length + column]!
    return value === this.unseen[column]! ? null : nameOf(value)
  }
}

function nameOf(value: number): number {
  return Number.isNaN(value) ? MISSING : value
}

/** Without times no time passes. */
function timeOf({ time }: Rows, row: number): number {
  return time ? time[row]! : Number.NEGATIVE_INFINITY
}

function openTables(states: TablesState): Tables {
  return states.map((state) => new CountTable(state))
}

function saveTables(tables: Tables): CountTableState[] {
  return tables.map((table) => table.save())
}

/**
 * Rarity of categories with back-off from oneself to peers to everyone. Columns are categories; `rows.group` says whose a
 * row is (without it everyone is one), `rows.time` when (without it nothing fades).
 *
 * @example `const model = rarity.fitNow(rows); model.follow(newRows)`
 */
export const rarity = defineDetector(algorithm)
