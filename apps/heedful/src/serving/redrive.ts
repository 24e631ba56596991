/**
 * Refused lines, read again by today's parsers: what is understood now becomes a new record, which says which one it redrives;
 * folding it marks the refused line. So nothing is lost, and nothing comes twice, also when the process dies between the two.
 */
import type { RawRecord } from '@heedful/stream'
import { sources } from '@heedful/stream/sources/registry'
import type { KeptLetter } from '../store/letters-table.ts'
import type { Service } from './service.ts'

export interface Redriven {
  redriven: number
  refusedAgain: number
}

/** Lines a round. */
const ROUND = 500
const PATIENCE = 30_000

export class Redrive {
  private readonly service: Service
  /** One at a time, so that no line is taken by two. */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(service: Service) {
    this.service = service
  }

  byIds(ids: readonly string[]): Promise<Redriven> {
    const { letters } = this.service.space.store.tables
    return this.inTurn(() => this.drive([...new Set(ids)].flatMap((id) => letters.find(id))))
  }

  byReason(reason: string): Promise<Redriven> {
    return this.inTurn(async () => {
      const { letters } = this.service.space.store.tables
      const all: Redriven = { redriven: 0, refusedAgain: 0 }
      let after: { position: number; id: string } | undefined
      for (;;) {
        const { found } = letters.list({ reason, waiting: true, limit: ROUND, ...(after !== undefined && { after }) })
        if (found.length === 0) return all
        const { redriven, refusedAgain } = await this.drive(found)
        all.redriven += redriven
        all.refusedAgain += refusedAgain
        after = found.at(-1)
      }
    })
  }

  private inTurn(work: () => Promise<Redriven>): Promise<Redriven> {
    const next = this.turn.then(work)
    this.turn = next.catch(() => undefined)
    return next
  }

  /** Answers when the lines that are understood now are folded, and so marked. */
  private async drive(letters: readonly KeptLetter[]): Promise<Redriven> {
    // Those that an earlier run wrote are marked when they are folded.
    await this.service.caughtUp()
    const current = letters.flatMap(({ id }) => this.service.space.store.tables.letters.find(id))
    const asked = new Set(letters.map(({ position }) => position))
    const waiting = [
      ...new Set(
        current.filter(({ redriven, position }) => !redriven && asked.has(position)).map(({ position }) => position),
      ),
    ]
    const records = waiting.map((position) => this.recordAt(position)).filter((record) => record !== undefined)
    const understood = records.filter((record) => this.isUnderstood(record))
    if (understood.length > 0) {
      const span = await this.service.record(understood)
      await this.service.verdicts(span, PATIENCE)
    }
    return { redriven: understood.length, refusedAgain: waiting.length - understood.length }
  }

  private recordAt(position: number): RawRecord | undefined {
    for (const group of this.service.space.log.read(position)) {
      const record = group.records[position - group.first]
      return record?.kind === 'raw' ? { ...record, redrives: position } : undefined
    }
    return undefined
  }

  /** By a parser of its own, so that the door's goes on as it was. A line that the framing refused stays refused. */
  private isUnderstood({ door: number, line, time, refused }: RawRecord): boolean {
    const door = this.service.doors.list.find((one) => one.door === number)
    const source = sources.get(door?.format ?? '')
    if (door === undefined || source === undefined || refused !== undefined) return false
    return source.open(door).parse(line, time, () => '', 0).kind !== 'refused'
  }
}
