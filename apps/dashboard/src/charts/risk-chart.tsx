/** Risk over time. A pointer or the arrow keys read single hours. */
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react'
import { useZone } from '../shell/preferences.ts'
import { fullMoment } from '../time/format.ts'
import { surprise } from '../words/numbers.ts'
import { nearest, type Point, pathOf, riskCorners, roundTop } from './risk-path.ts'
import { timeTicks } from './time-ticks.ts'
import './risk-chart.css'

const WIDTH = 1000
const HEIGHT = 150
const HOUR = 3_600_000
const TICKS = 5

export function RiskChart({ points }: { points: readonly Point[] }) {
  const zone = useZone()
  const [at, setAt] = useState(-1)
  const highest = Math.max(...points.map(({ risk }) => risk), 0)
  const top = roundTop(highest)
  const { line, area } = useMemo(() => {
    const corners = riskCorners(points, WIDTH, HEIGHT, top)
    const line = pathOf(corners)
    return { line, area: line === '' ? '' : `${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z` }
  }, [points, top])
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return <p className="quiet small">No risk in the last 28 days.</p>

  const span = last.time + HOUR - first.time
  const read = points[at]
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    setAt(nearest(points, (event.clientX - left) / width))
  }
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    setAt(Math.max(0, Math.min(points.length - 1, (at < 0 ? points.length : at) + by)))
  }
  const peak = points.find(({ risk }) => risk === highest) ?? first
  const said = `${surprise(peak.risk)} at ${fullMoment(peak.time, zone)}`
  const ticks = timeTicks(first.time, first.time + span, TICKS, zone)
  return (
    <figure className="risk">
      <div
        className="risk-plot"
        role="slider"
        tabIndex={0}
        aria-label={`Risk by the hour; highest ${said}`}
        aria-valuemin={0}
        aria-valuemax={points.length - 1}
        aria-valuenow={at < 0 ? points.length - 1 : at}
        aria-valuetext={read ? `risk ${surprise(read.risk)}, ${fullMoment(read.time, zone)}` : `highest ${said}`}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={() => setAt(-1)}
        onKeyDown={onKey}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <line className="risk-grid" x2={WIDTH} y1="0" y2="0" vectorEffect="non-scaling-stroke" />
          <line className="risk-grid" x2={WIDTH} y1="75" y2="75" vectorEffect="non-scaling-stroke" />
          <path className="risk-area" d={area} />
          <path className="risk-line" d={line} vectorEffect="non-scaling-stroke" />
          {read !== undefined && (
            <line
              className="risk-cursor"
              x1={((read.time + HOUR / 2 - first.time) / span) * WIDTH}
              x2={((read.time + HOUR / 2 - first.time) / span) * WIDTH}
              y1="0"
              y2={HEIGHT}
              vectorEffect="non-scaling-stroke"
            />
          )}
        </svg>
        <span className="risk-top" aria-hidden="true">
          {top}
        </span>
      </div>
      <div className="risk-days" aria-hidden="true">
        {ticks.map((tick, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places, not things
          <span key={i}>{tick}</span>
        ))}
      </div>
      <figcaption className="risk-read number">
        {read === undefined ? `Highest: ${said}` : `${surprise(read.risk)} at ${fullMoment(read.time, zone)}`}
      </figcaption>
    </figure>
  )
}
