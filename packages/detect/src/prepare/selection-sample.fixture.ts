/** Twelve rows of four columns: the recorded values of selectors are of these. */
// biome-ignore format: one row a line
export const DATA = [
  5.1, 3.5, 1.4, 0,
  4.9, 3.0, 1.4, 1,
  4.7, 3.2, 1.3, 0,
  4.6, 3.1, 1.5, 1,
  5.0, 3.6, 1.4, 0,
  5.4, 3.9, 1.7, 1,
  4.6, 3.4, 1.4, 0,
  5.0, 3.4, 1.5, 0,
  6.3, 3.3, 6.0, 1,
  5.8, 2.7, 5.1, 1,
  7.1, 3.0, 5.9, 0,
  6.3, 2.9, 5.6, 1,
]
