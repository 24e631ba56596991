/** Scored rows gathered until they are worth a group of their own. */

/** Some rows that were scored, one after the other. */
export interface ScoredBlock {
  readonly scores: Float64Array
  readonly pValues: Float64Array
  /** One list a kept column. */
  readonly kept: readonly (readonly string[])[]
}

/** @param first the row, from 1, that the block begins with */
export type TakeGroup = (block: ScoredBlock, first: number) => void | Promise<void>

const GROUP = 65_536

function join(blocks: readonly ScoredBlock[], count: number): ScoredBlock {
  const [scores, pValues] = [new Float64Array(count), new Float64Array(count)]
  let at = 0
  for (const block of blocks) {
    scores.set(block.scores, at)
    pValues.set(block.pValues, at)
    at += block.scores.length
  }
  const columns = blocks[0]?.kept.length ?? 0
  const kept = Array.from({ length: columns }, (_, i) => blocks.flatMap((block) => block.kept[i] ?? []))
  return { scores, pValues, kept }
}

export class ScoredRows {
  private blocks: ScoredBlock[] = []
  private count = 0
  private handed = 0

  async add(block: ScoredBlock, take: TakeGroup): Promise<void> {
    this.blocks.push(block)
    this.count += block.scores.length
    if (this.count >= GROUP) await this.end(take)
  }

  /** Hands out what is left. */
  async end(take: TakeGroup): Promise<void> {
    if (this.count === 0) return
    const group = join(this.blocks, this.count)
    const first = this.handed + 1
    this.handed += this.count
    this.blocks = []
    this.count = 0
    await take(group, first)
  }
}
