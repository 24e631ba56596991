/** The last minute of a number: its shape only, the number itself stands beside it. */
import { pathOf } from './risk-path.ts'
import './spark-line.css'

const WIDTH = 120
const HEIGHT = 34

export function SparkLine({ values, length }: { values: readonly number[]; length: number }) {
  const top = Math.max(...values, 1) * 1.1
  const x = (i: number) => WIDTH - ((values.length - 1 - i) / (length - 1)) * WIDTH
  const corners = values.map((value, i): [number, number] => [x(i), HEIGHT - 1 - (value / top) * (HEIGHT - 2)])
  const line = pathOf(corners)
  const area = corners.length > 1 ? `${line}L${WIDTH} ${HEIGHT}L${x(0).toFixed(1)} ${HEIGHT}Z` : ''
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path className="spark-area" d={area} />
      <path className="spark-line" d={line} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
