/** A ceiling on alerts a day: half of the day's tokens come at 00:00 UTC, the rest evenly over the day. None is carried over. */

export interface BudgetState {
  day: number
  spent: number
}

const DAY_MS = 86_400_000

export const startBudget = (): BudgetState => ({ day: 0, spent: 0 })

export function takeToken(state: BudgetState, perDay: number, time: number): boolean {
  const day = Math.floor(time / DAY_MS)
  if (day > state.day) {
    state.day = day
    state.spent = 0
  }
  const passed = (time - state.day * DAY_MS) / DAY_MS
  const atOnce = Math.ceil(perDay / 2)
  const later = perDay - atOnce
  // The last of them too comes before the day ends: of one it is at noon.
  const come = atOnce + Math.min(later, Math.floor((later + 1) * Math.min(1, Math.max(0, passed))))
  if (state.spent >= come) return false
  state.spent++
  return true
}
