/** Texts that many memories hold, each kept once under a small number. Counted, so that what nobody holds is forgotten. */
export interface TextsState {
  /** By number; empty where the number is free. */
  texts: string[]
  /** How often each is held. */
  held: number[]
}

export class Texts {
  private readonly ids = new Map<string, number>()
  private readonly texts: string[]
  private readonly held: number[]
  private readonly free: number[] = []

  constructor(saved: TextsState = { texts: [], held: [] }) {
    this.texts = saved.texts
    this.held = saved.held
    for (let id = this.texts.length - 1; id >= 0; id--) {
      if (this.held[id] === 0) this.free.push(id)
      else this.ids.set(this.texts[id] as string, id)
    }
  }

  /** The text's number, held once more. */
  hold(text: string): number {
    const known = this.ids.get(text)
    if (known !== undefined) {
      this.held[known] = (this.held[known] as number) + 1
      return known
    }
    const id = this.free.pop() ?? this.texts.length
    this.ids.set(text, id)
    this.texts[id] = text
    this.held[id] = 1
    return id
  }

  /** The text of a number, held once less. */
  release(id: number): string {
    const text = this.texts[id] as string
    const left = (this.held[id] as number) - 1
    this.held[id] = left
    if (left > 0) return text
    this.ids.delete(text)
    this.texts[id] = ''
    this.free.push(id)
    return text
  }

  /** The text of a number, held as before. */
  read(id: number): string {
    return this.texts[id] as string
  }

  save(): TextsState {
    return { texts: this.texts, held: this.held }
  }
}
