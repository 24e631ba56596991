/** The geographic data of a log that is opened to be gone on with. */
import type { ActivateRecord, Lookup } from '@heedful/stream'
import { lastOf } from '../log/activations.ts'
import type { Space } from '../store/space.ts'
import { findGeoFiles } from './geo-data.ts'
import { openKept, prepareEnrichment } from './kept-data.ts'

/** Files that a person names; each undefined where they name none. */
export interface NamedGeoFiles {
  city?: string
  asn?: string
}

/** The data that the log's records name, and the record of data that is new to it. */
export async function prepareLookups(
  { folder, log }: Space,
  { city, asn }: NamedGeoFiles,
): Promise<{ lookups: Map<string, Lookup>; record: ActivateRecord | undefined }> {
  const lookups: Map<string, Lookup> = folder === undefined ? new Map() : await openKept(folder, log.activations)
  const inForce = lastOf(log, 'enrichment')
  if (inForce !== undefined && city === undefined && asn === undefined) return { lookups, record: undefined }
  const files = findGeoFiles({ ...(city !== undefined && { city }), ...(asn !== undefined && { asn }) })
  const prepared = await prepareEnrichment(files, folder)
  if (prepared === undefined || prepared.record.hash === inForce?.hash) return { lookups, record: undefined }
  lookups.set(prepared.record.hash, prepared.lookup)
  return { lookups, record: prepared.record }
}
