/**
 * Texts that many memories hold have a number, and are kept once; a text that is one entity's own stands in its memory. A
 * number is never given away again, so a memory at rest can be read whatever came after it. Bounded.
 */
export interface TextsState {
  /** By number. */
  texts: string[]
}

/** Texts with numbers. */
const CAPACITY = 65_536
/** A text gets a number when so many times another entity than the last had held it; */
const OFTEN = 24
/** sooner while fewer than so many have one, as what a small organisation shares is held by few. */
const FEW = 4096
const SOON = 2
/** Places in which candidates are counted; two of one place push each other out (Misra and Gries 1982). */
const PLACES = 65_536
/** Long texts are few, and whose they are is told by their beginning. */
const READ = 48

function hashOf(text: string): number {
  let hash = 0x811c9dc5 ^ text.length
  const end = Math.min(READ, text.length)
  for (let i = 0; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

export class Texts {
  private readonly numbers = new Map<string, number>()
  private readonly texts: string[]
  /** Of the candidate in each place: its hash, who held it last, and how often another did. */
  private readonly hashes = new Uint32Array(PLACES)
  private readonly holders = new Uint32Array(PLACES)
  private readonly counts = new Uint8Array(PLACES)

  constructor(saved: TextsState = { texts: [] }) {
    this.texts = saved.texts
    saved.texts.forEach((text, number) => {
      this.numbers.set(text, number)
    })
  }

  /** The text's number; −1 where it is to be written out. `holder`: a number that tells entities apart. */
  numberOf(text: string, holder: number): number {
    const number = this.numbers.get(text)
    if (number !== undefined) return number
    return this.texts.length < CAPACITY && this.isCommon(text, holder) ? this.add(text) : -1
  }

  private add(text: string): number {
    const number = this.texts.push(text) - 1
    this.numbers.set(text, number)
    return number
  }

  private isCommon(text: string, holder: number): boolean {
    const { hashes, holders, counts } = this
    const hash = hashOf(text)
    const at = Math.imul(hash, 0x9e3779b1) >>> 16
    const count = counts[at] as number
    if (hashes[at] === hash) {
      if (holders[at] === holder) return false
      holders[at] = holder
      counts[at] = count + 1
      return count + 1 >= (this.texts.length < FEW ? SOON : OFTEN)
    }
    if (count > 0) counts[at] = count - 1
    else {
      hashes[at] = hash
      holders[at] = holder
      counts[at] = 1
    }
    return false
  }

  read(number: number): string {
    const text = this.texts[number]
    if (text === undefined) throw new Error(`no text has the number ${number}: this memory was written with others`)
    return text
  }

  save(): TextsState {
    return { texts: this.texts.slice() }
  }
}
