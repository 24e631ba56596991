/**
 * What entities share: how common things are in the organisation and among peers. Read everywhere as of the last tick
 * but one, so that it does not matter which worker looked first; it only adds whole numbers, so that it does not
 * matter which worker counted first.
 */
import { finish } from './finish.ts'
import { hashOf, holdersOf } from './holders.ts'
import { type Frozen, Pending, thaw } from './pending.ts'
import { commonness, copyOf, countHolder, type Popularity, startPopularity } from './popularity.ts'

/** The group that is everybody. */
export const EVERYBODY = ''

export type Change =
  | { kind: 'holder'; table: string; group: string; value: string; by: number }
  | { kind: 'sum'; vector: string; length: number; at: number; by: number }

export interface AroundState {
  /** By table, then by group. */
  tables: Map<string, Map<string, Popularity>>
  vectors: Map<string, number[]>
  queues: [Change[], Change[]]
}

const PEOPLE = 'people'

/** Groups that a table tells apart: members of further ones are compared with everybody. */
const GROUPS = 2000
/** Further vectors are not kept. */
const VECTORS = 20_000

/** Holdings of peers that weigh as much as the whole organisation does. */
const PEERS_WEIGH = 20

/** So many changes are made between two pauses. */
const STEP = 200
/** So many tables and vectors are copied in one step: a large one is some megabytes. */
const AT_ONCE = 2

export class Around {
  private readonly state: AroundState
  /** Tables and vectors, where a moment is being taken down. */
  private readonly pending = new Pending()

  constructor(saved?: AroundState) {
    this.state = saved ?? { tables: new Map(), vectors: new Map(), queues: [[], []] }
  }

  /** Counted now, seen after the tick after the next. A change of group EVERYBODY is made for every one of a group. */
  count(table: string, group: string, value: string, by: number): void {
    this.state.queues[1].push({ kind: 'holder', table, group, value, by })
  }

  /** Adds a whole number to one place of a named vector. */
  addTo(vector: string, length: number, at: number, by: number): void {
    this.state.queues[1].push({ kind: 'sum', vector, length, at, by })
  }

  tick(): void {
    finish(this.ticking())
  }

  /** The same in small steps; nothing may be asked until it ends. */
  *ticking(): Generator<void> {
    const [ripe, waiting] = this.state.queues
    for (let i = 0; i < ripe.length; i++) {
      this.apply(ripe[i] as Change)
      if (i % STEP === STEP - 1) yield
    }
    this.state.queues = [waiting, []]
  }

  private apply(change: Change): void {
    if (change.kind === 'sum') {
      const known = this.state.vectors.get(change.vector)
      if (known === undefined && this.state.vectors.size >= VECTORS) return
      const vector = known ?? new Array<number>(change.length).fill(0)
      if (known === undefined) this.state.vectors.set(change.vector, vector)
      this.pending.before(vector)
      vector[change.at] = (vector[change.at] as number) + change.by
      return
    }
    const { table, group, by } = change
    const value = hashOf(change.value)
    for (const one of group === EVERYBODY ? [EVERYBODY] : [EVERYBODY, group]) {
      const counted = this.table(table, one)
      if (counted === undefined) continue
      this.pending.before(counted)
      countHolder(counted, value, by)
    }
  }

  private table(name: string, group: string): Popularity | undefined {
    let groups = this.state.tables.get(name)
    if (groups === undefined) {
      groups = new Map()
      this.state.tables.set(name, groups)
    }
    let table = groups.get(group)
    if (table === undefined) {
      if (group !== EVERYBODY && groups.size >= GROUPS) return undefined
      table = startPopularity()
      groups.set(group, table)
    }
    return table
  }

  /** How many people hold the value, in the whole organisation. */
  holders(table: string, value: string): number {
    const all = this.state.tables.get(table)?.get(EVERYBODY)
    return all === undefined ? 0 : holdersOf(all.holders, hashOf(value))
  }

  /** The share of all people who hold the value; 0 before anybody is known. */
  share(table: string, value: string): number {
    const people = this.state.vectors.get(PEOPLE)?.[0] ?? 0
    return people === 0 ? 0 : Math.min(1, this.holders(table, value) / people)
  }

  /** One person more who has taught anything, or one less. */
  countPerson(by: 1 | -1): void {
    this.addTo(PEOPLE, 1, 0, by)
  }

  vector(name: string): readonly number[] | undefined {
    return this.state.vectors.get(name)
  }

  /** 0 … 1: peers first, as far as they know enough to say, then the organisation. */
  commonness(table: string, group: string, value: string): number {
    const groups = this.state.tables.get(table)
    const all = groups?.get(EVERYBODY)
    if (all === undefined) return 1
    const hash = hashOf(value)
    const general = commonness(all, hash)
    if (group === EVERYBODY) return general
    const peers = groups?.get(group)
    if (peers === undefined || peers.total === 0) return general
    return (peers.total * commonness(peers, hash) + PEERS_WEIGH * general) / (peers.total + PEERS_WEIGH)
  }

  /**
   * The share of what the others hold that is this value, 0 … 1, without the `own` values that one of them holds; peers
   * where the group is known, else everybody. NaN where the others hold nothing.
   */
  shareAmong(table: string, group: string, value: string, own: readonly string[]): number {
    const groups = this.state.tables.get(table)
    const counted = groups?.get(group) ?? groups?.get(EVERYBODY)
    if (counted === undefined) return Number.NaN
    const { holders } = counted
    const held = own.filter((one) => holdersOf(holders, hashOf(one)) > 0).length
    const others = holdersOf(holders, hashOf(value)) - Number(own.includes(value))
    return counted.total > held ? Math.max(0, others) / (counted.total - held) : Number.NaN
  }

  /** All of it as it is now. */
  freeze(): Frozen<AroundState> {
    this.pending.end()
    const { tables, vectors, queues } = this.state
    const [ripe, waiting] = queues
    const taken: AroundState = { tables: new Map(), vectors: new Map(vectors), queues: [ripe, waiting.slice()] }
    for (const [name, vector] of vectors) this.pending.add(vector, () => taken.vectors.set(name, vector.slice()))
    for (const [table, groups] of tables) {
      const copies = new Map(groups)
      taken.tables.set(table, copies)
      for (const [group, counted] of groups) this.pending.add(counted, () => copies.set(group, copyOf(counted)))
    }
    return { step: () => this.pending.step(AT_ONCE), state: () => taken }
  }

  save(): AroundState {
    return thaw(this.freeze())
  }
}
