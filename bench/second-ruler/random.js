/** Random numbers of this ruler alone: sfc32 (PractRand), seeded by a text, forked by name so that parts do not disturb each other. */

/** FNV-1a, 32 bits, of a text. */
export function hash(text, basis = 2166136261) {
  let h = basis >>> 0
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619) >>> 0
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d) >>> 0
  return (h ^ (h >>> 13)) >>> 0
}

export function dice(name) {
  let a = hash(name)
  let b = hash(name, 0x9e3779b9)
  let c = hash(name, 0x85ebca6b)
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 4294967296
  }
  for (let i = 0; i < 16; i++) next()
  const d = {
    name,
    u: next,
    fork: (part) => dice(`${name}/${part}`),
    chance: (p) => next() < p,
    between: (low, high) => low + (high - low) * next(),
    /** Whole number, both ends included. */
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
    normal: (mean = 0, spread = 1) =>
      mean + spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    lognormal: (median, sigma) => median * Math.exp(d.normal(0, sigma)),
    exponential: (mean) => -mean * Math.log(1 - next()),
    /** Failures before the first success. */
    geometric: (p) => Math.floor(Math.log(1 - next()) / Math.log(1 - p)),
    poisson(mean) {
      const limit = Math.exp(-mean)
      let product = next()
      let n = 0
      while (product > limit) {
        product *= next()
        n++
      }
      return n
    },
    /** Index below n, with weight 1 / (rank + 1)^s. */
    zipf(n, s = 1.1) {
      let total = 0
      for (let i = 0; i < n; i++) total += Math.exp(-s * Math.log(i + 1))
      let at = next() * total
      for (let i = 0; i < n; i++) {
        at -= Math.exp(-s * Math.log(i + 1))
        if (at <= 0) return i
      }
      return n - 1
    },
    weighted(pairs) {
      let at = next() * pairs.reduce((sum, [, w]) => sum + w, 0)
      for (const [value, w] of pairs) {
        at -= w
        if (at <= 0) return value
      }
      return pairs[pairs.length - 1][0]
    },
    sample(list, n) {
      const copy = [...list]
      const out = []
      while (out.length < n && copy.length > 0) out.push(copy.splice(Math.floor(next() * copy.length), 1)[0])
      return out
    },
    shuffle: (list) => d.sample(list, list.length),
  }
  return d
}
