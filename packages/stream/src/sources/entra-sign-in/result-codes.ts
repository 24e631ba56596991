/** What an error code of a sign-in says. https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
import type { Status } from '../../event.ts'

const REASONS: ReadonlyMap<number, string> = new Map([
  [50034, 'unknown_user'],
  [51004, 'unknown_user'],
  [50126, 'bad_password'],
  [50056, 'bad_password'],
  [50053, 'locked'],
  [50057, 'disabled'],
  [50055, 'expired'],
  [50144, 'expired'],
  [50105, 'not_allowed'],
  [53000, 'device_not_compliant'],
  [53001, 'device_not_joined'],
  [53003, 'blocked_by_policy'],
  [530032, 'blocked_by_policy'],
  [50074, 'mfa_required'],
  [50076, 'mfa_required'],
  [50158, 'mfa_required'],
  [50072, 'mfa_not_set_up'],
  [50079, 'mfa_not_set_up'],
  [500121, 'mfa_failed'],
  [90072, 'not_in_tenant'],
])

/**
 * The sign-in was asked for something more and went on elsewhere, or was given up: neither success nor failure. Passwords
 * that were right and wait for a second factor are among them.
 */
const INTERRUPTED: ReadonlySet<number> = new Set([
  16000, 16001, 50055, 50058, 50072, 50074, 50076, 50079, 50097, 50125, 50127, 50129, 50140, 50143, 50144, 50158, 51006,
  65001,
])

export function statusOf(code: number | undefined): Status {
  if (code === undefined) return 'unknown'
  if (code === 0) return 'success'
  return INTERRUPTED.has(code) ? 'unknown' : 'failure'
}

/** In the words of the house where the code is known, else in those of the log. */
export function reasonOf(code: number, said: string | undefined): string {
  const isEmpty = said === undefined || /^(?:other|none)\.?$/i.test(said)
  return REASONS.get(code) ?? (isEmpty ? `error ${code}` : said)
}
