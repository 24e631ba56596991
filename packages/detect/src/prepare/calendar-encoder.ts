import { definePreparer } from '../contracts/define-preparer.ts'
import { HeedfulError } from '../contracts/errors.ts'
import { choice, int } from '../contracts/params.ts'
import type { Column } from '../contracts/rows.ts'
import { type Block, openBlocks } from './blocks.ts'

const UNITS = { milliseconds: 1, seconds: 1000 } as const

const PARAMS = {
  column: int(0, 0, 1_000_000, 'place of the column of times in the rows that are fitted on; the first is 0'),
  unit: choice('milliseconds', ['milliseconds', 'seconds'], 'of the times, counted from 1970-01-01 00:00 UTC'),
}

type State = { readonly column: number; readonly unit: keyof typeof UNITS }

const DAY = 86_400_000
/** 1970-01-01 was a Thursday; Monday is 0. */
const FIRST_WEEKDAY = 3
/** The years 0 to 9999, in milliseconds. */
const [EARLIEST, LATEST] = [-62_167_219_200_000, 253_402_300_799_999]

/**
 * Cycles of a column of times, in UTC: instead of the time stand sine and cosine of the hour (a share of the day, to the
 * millisecond), of the day of the week (a seventh each, Monday is 0) and of the day of the year (1 January is 0). So 23:59
 * lies beside 00:00, and Sunday beside Monday. A time outside of the years 0 to 9999 is missing. All other columns pass
 * through; missing stays missing, in each of the six columns. Errors: `param-range` where there is no such column,
 * `column-type` where it holds categories.
 *
 * @example `prepared(calendarEncoder, isolationForest).fitNow(rows, { params: { 'calendar-encoder.column': 2 } })`
 */
export const calendarEncoder = definePreparer<typeof PARAMS, State>({
  id: 'calendar-encoder',
  version: 1,
  summary: 'Turns a column of times into the cycles of day, week and year, in UTC.',
  reference: 'Mardia and Jupp, Directional Statistics, 2000; scikit-learn 1.9, "Time-related feature engineering"',
  params: PARAMS,
  columns: 'any',
  missing: 'accepts',
  fit: ({ columns }, _lesson, { column, unit }) => {
    checkTimes(columns, column)
    return { column, unit }
  },
  open: ({ column, unit }, inputs) => {
    const blocks = inputs.map(({ name }, i) => (i === column ? cycles(name, UNITS[unit]) : undefined))
    return openBlocks(inputs, blocks, () => ({ column, unit }))
  },
})

function checkTimes(columns: readonly Column[], place: number): void {
  const found = columns[place]
  if (found === undefined) {
    const way = `give one from 0 to ${columns.length - 1}`
    throw new HeedfulError('param-range', `calendar-encoder: parameter "column" is ${place}; ${way}`)
  }
  if (found.type === 'number') return
  const way = 'give the place of a column of numbers, as "column"'
  throw new HeedfulError('column-type', `calendar-encoder: column "${found.name}" holds categories, not times; ${way}`)
}

function cycles(name: string, unit: number): Block {
  return {
    names: ['hour', 'weekday', 'day of year'].flatMap((cycle) => [`${name} ${cycle} sin`, `${name} ${cycle} cos`]),
    write(value, out, at) {
      const time = value * unit
      if (!(time >= EARLIEST && time <= LATEST)) {
        out.fill(Number.NaN, at, at + 6)
        return
      }
      for (const [i, share] of [shareOfDay(time), shareOfWeek(time), shareOfYear(time)].entries()) {
        out[at + 2 * i] = Math.sin(2 * Math.PI * share)
        out[at + 2 * i + 1] = Math.cos(2 * Math.PI * share)
      }
    },
  }
}

const shareOfDay = (time: number): number => time / DAY - Math.floor(time / DAY)

function shareOfWeek(time: number): number {
  const day = Math.floor(time / DAY) + FIRST_WEEKDAY
  return (day - 7 * Math.floor(day / 7)) / 7
}

/** Leap years have a day more, so that 31 December always lies beside 1 January. */
function shareOfYear(time: number): number {
  const year = new Date(Math.floor(time)).getUTCFullYear()
  const start = startOfYear(year)
  return (Math.floor(time / DAY) - start / DAY) / ((startOfYear(year + 1) - start) / DAY)
}

/** In milliseconds. Not `Date.UTC`, which takes the years 0 to 99 for 1900 to 1999. */
const startOfYear = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1)
