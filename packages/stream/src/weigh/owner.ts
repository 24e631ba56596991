/** Whose an event is: of the one who acts, or of where it comes from, if it is mostly about that. */
import { holderOf } from '../enrich/address.ts'
import { isSource } from '../event.ts'
import type { Seen } from '../features/feature.ts'
import type { Evidence } from './evidence.ts'

/** The holder of the address that an event comes from. */
export const holderOfPlace = ({ context: { place } }: Seen): string | undefined =>
  place?.address === undefined ? undefined : holderOf(place.address)

/** An account, or the holder of an address; empty where nobody is known. */
export function ownerOf(seen: Seen, evidence: readonly Evidence[]): string {
  let balance = 0
  for (const { entity, surprise } of evidence) balance += isSource(entity) ? surprise : -surprise
  return (balance > 0 ? holderOfPlace(seen) : undefined) ?? seen.account
}
