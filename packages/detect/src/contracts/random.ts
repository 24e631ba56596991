/**
 * Seeded, splittable random streams. `split(label)` gives a stream that depends on the seed and the labels on the way
 * alone, never on how much was drawn before: so work can be added, dropped or moved to another thread without changing
 * what the rest draws.
 *
 * Generator: xoshiro128** 1.1, Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 2021,
 * section 3 and appendix. Seeding: the finaliser of MurmurHash3 over seed and label.
 */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number
  /** Uniform integer in [0, n); n from 1 to 2³². Without bias (Lemire 2019, rejection). */
  integer(n: number): number
  /** Standard normal (Marsaglia's polar method). */
  normal(): number
  /** Exponential with mean 1. */
  exponential(): number
  /** A stream of its own for `label`. */
  split(label: string | number): Random
}

/** MurmurHash3's 32-bit finaliser (Appleby, public domain): every input bit reaches every output bit. */
function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function absorb(key: Uint32Array, label: string | number): Uint32Array {
  const next = Uint32Array.from(key)
  const text = typeof label === 'number' ? `#${label}` : label
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 0x10000 + text.length
    for (let w = 0; w < 4; w++) {
      const before = next[(w + 3) & 3] as number
      next[w] = mix((next[w] as number) ^ Math.imul(code + 1, 0x9e3779b1 + 2 * w) ^ ((before << 7) | (before >>> 25)))
    }
  }
  return next
}

class Stream implements Random {
  private readonly key: Uint32Array
  private a: number
  private b: number
  private c: number
  private d: number
  private spare = Number.NaN

  constructor(key: Uint32Array) {
    this.key = key
    this.a = mix((key[0] as number) ^ 0x243f6a88)
    this.b = mix((key[1] as number) ^ 0x85a308d3)
    this.c = mix((key[2] as number) ^ 0x13198a2e)
    this.d = mix((key[3] as number) ^ 0x03707344) || 1
  }

  private word(): number {
    const scrambled = Math.imul(this.b, 5)
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0
    const t = this.b << 9
    this.c ^= this.a
    this.d ^= this.b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= t
    this.d = (this.d << 11) | (this.d >>> 21)
    return result
  }

  next(): number {
    return ((this.word() >>> 5) * 67108864 + (this.word() >>> 6)) / 9007199254740992
  }

  integer(n: number): number {
    const reject = 4294967296 % n
    let word = this.word()
    while (word < reject) word = this.word()
    return word % n
  }

  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const kept = this.spare
      this.spare = Number.NaN
      return kept
    }
    for (;;) {
      const u = 2 * this.next() - 1
      const v = 2 * this.next() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s)
        this.spare = v * factor
        return u * factor
      }
    }
  }

  exponential(): number {
    return -Math.log(1 - this.next())
  }

  split(label: string | number): Random {
    return new Stream(absorb(this.key, label))
  }
}

/** A stream from a seed: any number (also negative or fractional) or text. The same seed, the same stream, on every machine. */
export function createRandom(seed: number | string): Random {
  return new Stream(absorb(Uint32Array.of(0x9e3779b9, 0x7f4a7c15, 0xf39cc060, 0x5cedc834), seed))
}
