/** Numbers as people read them. */

const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** `55,261` */
export const whole = (value: number): string => (Number.isFinite(value) ? grouped.format(Math.round(value)) : '–')

/** `1 event`, `2 events`, `55,261 events`. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${whole(value)} ${value === 1 ? one : many}`

/** `0.4`, `43`, `12,300`: one decimal where it says something. */
export function rate(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return value > 0 && value < 9.95 ? value.toFixed(1) : whole(value)
}

/** `15.8`: risk and weights, in units of surprise. */
export const surprise = (value: number): string => (Number.isFinite(value) ? value.toFixed(1) : '–')

/** `under 1 %`, `26 %`, `100 %`; of a part of the whole from 0 to 1. Nothing but all is 100 %. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–'
  if (share <= 0) return '0 %'
  if (share < 0.01) return 'under 1 %'
  return `${share >= 1 ? 100 : Math.min(99, Math.round(share * 100))} %`
}

/** How rare, in words: `1 in 420`, `1 in 2.1 million`. Beyond a billion nobody has counted. */
export function rarity(p: number): string {
  if (!(p > 0) || p > 1) return '–'
  const every = 1 / p
  if (every >= 1e9) return 'under 1 in a billion'
  if (every >= 1e6) return `1 in ${Number((every / 1e6).toPrecision(2))} million`
  return `1 in ${whole(Number(every.toPrecision(2)))}`
}
