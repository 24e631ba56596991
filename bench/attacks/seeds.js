/** Which seeds a person means: `3` (1 to 3), `4-9`, or `4,7,9`. */
export function readSeeds(text) {
  if (/^\d+-\d+$/.test(text)) {
    const [from, to] = text.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  }
  const numbers = text.split(',').filter(Boolean).map(Number)
  if (numbers.some((n) => !Number.isInteger(n) || n < 1)) throw new Error(`--seeds ${text}: use 3, 4-9 or 4,7,9`)
  return text.includes(',') ? numbers : Array.from({ length: numbers[0] }, (_, i) => i + 1)
}
