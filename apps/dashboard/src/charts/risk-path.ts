/** The line of risk over time: hours that had any, the others at zero. */

export interface Point {
  time: number
  risk: number
}

const HOUR = 3_600_000

/** Corners of the line in a box of width × height, from the first point's hour to the last one's. */
export function riskCorners(points: readonly Point[], width: number, height: number, top: number): [number, number][] {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return []
  const span = Math.max(HOUR, last.time + HOUR - first.time)
  const x = (time: number) => ((time - first.time) / span) * width
  const y = (risk: number) => height - (top > 0 ? Math.min(1, Math.max(0, risk) / top) : 0) * height
  const corners: [number, number][] = []
  let end = first.time
  for (const { time, risk } of points) {
    if (time > end) corners.push([x(end), height], [x(time), height])
    corners.push([x(time), y(risk)], [x(time + HOUR), y(risk)])
    end = time + HOUR
  }
  return corners
}

export const pathOf = (corners: readonly (readonly [number, number])[]): string =>
  corners.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')

/** A round number at or above the highest: the top of the scale. */
export function roundTop(highest: number): number {
  if (!(highest > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(highest))
  return ([1, 2, 5, 10].find((step) => step * power >= highest) ?? 10) * power
}

/** The point nearest to a part of the width, 0 to 1. */
export function nearest(points: readonly Point[], part: number): number {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return -1
  const wanted = first.time + part * (last.time + HOUR - first.time)
  let best = 0
  for (let i = 1; i < points.length; i++) {
    const here = points[i] as Point
    if (Math.abs(here.time + HOUR / 2 - wanted) < Math.abs((points[best] as Point).time + HOUR / 2 - wanted)) best = i
  }
  return best
}
