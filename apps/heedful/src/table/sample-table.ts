/** Some rows of a table of any size, each as likely as any other, in bounded memory. */
import type { Random } from '@heedful/detect'
import type { Input } from '../intake/bytes.ts'
import type { Block, ReadColumn } from './blocks.ts'
import { type ReadOptions, readTyped, type Table, wholeOf } from './read-table.ts'
import type { NamedColumns } from './roles.ts'

/** Values that a sample holds at most, whatever its rows: 64 MiB. */
const MOST_VALUES = 8 * 1024 * 1024

/** Algorithm R: Vitter, "Random sampling with a reservoir", ACM TOMS 1985, section 3. */
class RowReservoir {
  readonly width: number
  readonly room: number
  offered = 0
  private data: Float64Array
  private labels: Float64Array
  private labelled = false
  private readonly random: Random

  constructor(width: number, most: number, random: Random) {
    this.width = width
    this.room = Math.max(2, Math.min(most, Math.floor(MOST_VALUES / width)))
    this.random = random
    const first = Math.min(this.room, 1024)
    this.data = new Float64Array(first * width)
    this.labels = new Float64Array(first)
  }

  add({ count, data, labels }: Block): void {
    for (let row = 0; row < count; row++) {
      const place = this.offered < this.room ? this.offered : this.random.integer(this.offered + 1)
      this.offered++
      if (place >= this.room) continue
      if (place >= this.labels.length) this.grow()
      this.data.set(data.subarray(row * this.width, (row + 1) * this.width), place * this.width)
      if (labels) {
        this.labels[place] = labels[row]!
        this.labelled = true
      }
    }
  }

  private grow(): void {
    const room = Math.min(this.room, 2 * this.labels.length)
    const [data, labels] = [new Float64Array(room * this.width), new Float64Array(room)]
    data.set(this.data)
    labels.set(this.labels)
    this.data = data
    this.labels = labels
  }

  block(): Block {
    const count = Math.min(this.offered, this.room)
    return {
      count,
      data: this.data.subarray(0, count * this.width),
      ...(this.labelled && { labels: this.labels.slice(0, count) }),
    }
  }
}

export interface Sample extends Table {
  /** Rows of the file. */
  readonly offered: number
}

/** At most `most` rows, fewer where rows are wide; all of them, in their order, where there are no more. */
export async function sampleTable(
  input: Input,
  named: NamedColumns,
  most: number,
  random: Random,
  options: ReadOptions,
): Promise<Sample> {
  let reservoir = new RowReservoir(1, 2, random)
  const widthOf = (columns: readonly ReadColumn[]) => columns.filter(({ role }) => role === 'feature').length
  const columns = await readTyped(input, named, options, {
    begin: (columns) => {
      reservoir = new RowReservoir(widthOf(columns), most, random.split('reservoir'))
    },
    add: (block) => reservoir.add(block),
  })
  const block = reservoir.block()
  return { ...wholeOf(input.name, columns, block.count === 0 ? [] : [block]), offered: reservoir.offered }
}
