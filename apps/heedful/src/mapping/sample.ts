/** The beginning of a file, bounded: what a mapping is proposed from. */
import type { Input } from '../intake/bytes.ts'
import { openBytes } from '../intake/bytes.ts'
import { readLines } from '../intake/lines.ts'

const MOST_LINES = 5000
const MOST_CHARACTERS = 16 * 1024 * 1024

export interface Sample {
  lines: string[]
  /** The file goes on behind them. */
  cut: boolean
}

/** Throws `CommandError` naming the file where it cannot be read. */
export async function readSample(input: Input): Promise<Sample> {
  const bytes = await openBytes(input)
  const lines: string[] = []
  let characters = 0
  try {
    for await (const batch of readLines(bytes)) {
      for (const { text, tooLong } of batch) {
        if (lines.length >= MOST_LINES || characters > MOST_CHARACTERS) return { lines, cut: true }
        if (tooLong === undefined) lines.push(text)
        characters += text.length
      }
    }
    return { lines, cut: false }
  } finally {
    await bytes.close()
  }
}
