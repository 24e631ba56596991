/**
 * The geographic data that a log was judged with. Its files are kept beside the log under the hash of their bytes, so that a
 * replay next month asks the same data, whatever was downloaded since.
 */

import { createHash } from 'node:crypto'
import { constants, copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ActivateRecord, Lookup } from '@heedful/stream'
import { CommandError, messageOf } from '../errors.ts'
import { renameDurably, syncFile, syncFolder } from '../store/durable.ts'
import { makeFolder } from '../store/make-folder.ts'
import { type GeoFiles, type HashedFile, hashFile, keptName, openLookup } from './geo-data.ts'

/** The content of an `activate` record of enrichment: names of kept files. */
interface Content {
  city: string[]
  asn: string[]
}

export interface Prepared {
  record: ActivateRecord
  lookup: Lookup
}

const FOLDER = 'enrichment'

function keep(folder: string, file: HashedFile): void {
  const kept = join(folder, FOLDER, keptName(file))
  if (existsSync(kept)) return
  try {
    makeFolder(join(folder, FOLDER))
    copyFileSync(file.path, `${kept}.part`, constants.COPYFILE_FICLONE)
    syncFile(`${kept}.part`)
    renameDurably(`${kept}.part`, kept)
    syncFolder(folder)
  } catch (error) {
    throw new CommandError(
      'folder-unwritable',
      `${file.path} cannot be kept in ${folder}: ${messageOf(error)}`,
      'make room on the disk of the data folder',
    )
  }
}

/** Opens the files and, in a data folder, keeps them. Undefined where there are none. */
export async function prepareEnrichment(files: GeoFiles, folder?: string): Promise<Prepared | undefined> {
  const city = await Promise.all(files.city.map(hashFile))
  const asn = await Promise.all(files.asn.map(hashFile))
  if (city.length + asn.length === 0) return undefined
  const content = JSON.stringify({ city: city.map(keptName), asn: asn.map(keptName) } satisfies Content)
  const hash = createHash('sha256').update(content).digest('hex')
  const lookup = await openLookup(files, hash)
  if (folder !== undefined) for (const file of [...city, ...asn]) keep(folder, file)
  return { record: { kind: 'activate', what: 'enrichment', hash, content }, lookup }
}

/** Opens what the records of a data folder's log name. Throws `CommandError` naming a kept file that is gone. */
export async function openKept(folder: string, records: readonly ActivateRecord[]): Promise<Map<string, Lookup>> {
  const lookups = new Map<string, Lookup>()
  for (const { what, hash, content } of records) {
    if (what !== 'enrichment' || lookups.has(hash)) continue
    const { city, asn } = JSON.parse(content) as Content
    const place = (name: string) => join(folder, FOLDER, name)
    lookups.set(hash, await openLookup({ city: city.map(place), asn: asn.map(place) }, hash))
  }
  return lookups
}
