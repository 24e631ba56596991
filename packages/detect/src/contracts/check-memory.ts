import { HeedfulError } from './errors.ts'

/** What takes memory, whose it is, and what to do where it is too much. */
export type MemoryNeed = { owner: string; what: string; bytes: number; remedy: string }

/** Throws `memory-exceeded` where more bytes are needed than are given. */
export function checkMemory({ owner, what, bytes, remedy }: MemoryNeed, memoryBytes: number): void {
  if (bytes <= memoryBytes) return
  const needed = `${what} may take ${bytes} bytes, more than the ${memoryBytes} that are given`
  throw new HeedfulError('memory-exceeded', `${owner}: ${needed}; ${remedy}`)
}
