/** The usual hours of a week as a map of seven rows, in the zone of choice, with marked hours. */
import { useMemo } from 'react'
import { useZone } from '../shell/preferences.ts'
import { zoneName } from '../time/format.ts'
import { hourOfWeek, offsetMinutes } from '../time/zone.ts'
import { hourName, stepsOf, turnWeek, WEEKDAYS, weekInWords } from './week.ts'
import './week-map.css'

const CELL = 22
const LEFT = 40
const TOP = 22

interface WeekMapProps {
  /** 168 shares, Monday 00 UTC first. */
  hours: readonly number[]
  /** When it happened, ms UTC; also what decides which offset of the zone counts. */
  marked?: number
  /** A moment of the zone's offset where nothing is marked. */
  around: number
}

export function WeekMap({ hours, marked, around }: WeekMapProps) {
  const zone = useZone()
  const at = marked ?? around
  const { steps, words } = useMemo(() => {
    const turned = turnWeek(hours, offsetMinutes(at, zone))
    return { steps: stepsOf(turned), words: weekInWords(turned) }
  }, [hours, at, zone])
  const mark = marked === undefined ? undefined : hourOfWeek(marked, zone)
  const spoken = `${words}${mark === undefined ? '' : ` This event: ${hourName(mark)}.`} Times in ${zoneName(at, zone)}.`
  return (
    <figure className="week">
      <svg viewBox={`0 0 ${LEFT + 24 * CELL + 3} ${TOP + 7 * CELL + 3}`} role="img" aria-label={spoken}>
        {[0, 6, 12, 18].map((hour) => (
          <text key={hour} className="week-name" x={LEFT + hour * CELL} y={13}>
            {String(hour).padStart(2, '0')}:00
          </text>
        ))}
        {WEEKDAYS.map((day, row) => (
          <text key={day} className="week-name" x={0} y={TOP + row * CELL + 14.5}>
            {day.slice(0, 3)}
          </text>
        ))}
        {steps.map((step, hour) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the hour is what the cell stands for
            key={hour}
            className={`week-cell week-cell-${step}`}
            x={LEFT + (hour % 24) * CELL}
            y={TOP + Math.floor(hour / 24) * CELL}
            width={CELL - 3}
            height={CELL - 3}
            rx="4"
          />
        ))}
        {mark !== undefined &&
          ['week-mark-halo', 'week-mark'].map((layer) => (
            <rect
              key={layer}
              className={layer}
              x={LEFT + (mark % 24) * CELL - 1}
              y={TOP + Math.floor(mark / 24) * CELL - 1}
              width={CELL - 1}
              height={CELL - 1}
              rx="5"
            />
          ))}
      </svg>
      <figcaption className="week-legend">
        <span>
          never
          <svg width="62" height="11" viewBox="0 0 62 11" aria-hidden="true">
            {[0, 1, 2, 3, 4].map((step) => (
              <rect key={step} className={`week-cell week-cell-${step}`} x={step * 13} width="10" height="11" rx="2" />
            ))}
          </svg>
          most often
        </span>
        {mark !== undefined && (
          <span>
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              <rect className="week-mark" x="1" y="1" width="10" height="10" rx="3" />
            </svg>
            this event, {hourName(mark)}
          </span>
        )}
        <span>Times in {zoneName(at, zone)}</span>
      </figcaption>
    </figure>
  )
}
