/** MaxMind's database form, of whichever maker: answers of their several layouts in the one vocabulary. */
import { readFileSync } from 'node:fs'
import type { AutonomousSystem, Location } from '@heedful/stream'
import { Reader, type Response } from 'maxmind'
import { CommandError, messageOf } from '../errors.ts'

/** Layouts nest names (`city.names.en`) or stand flat (`city`). */
type Fields = { [key: string]: unknown }

const record = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const number = (value: unknown) => {
  const read = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
}
const english = (value: unknown) => text(value) ?? text(record(record(value)['names'])['en'])

/** Fields that are known, without the others. */
function known<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as T)
}

export function readLocation(answer: unknown): Location | undefined {
  const found = record(answer)
  const place = record(found['location'])
  const regions = found['subdivisions']
  const code = text(record(found['country'])['iso_code']) ?? text(found['country_code']) ?? text(found['country'])
  return known<Location>({
    country: code?.length === 2 ? code.toUpperCase() : undefined,
    region: english(Array.isArray(regions) ? regions[0] : undefined) ?? text(found['state1']) ?? text(found['region']),
    city: english(found['city']),
    latitude: number(place['latitude']) ?? number(found['latitude']) ?? number(found['lat']),
    longitude: number(place['longitude']) ?? number(found['longitude']) ?? number(found['lng']),
    accuracyKm: number(place['accuracy_radius']),
  })
}

export function readAutonomousSystem(answer: unknown): AutonomousSystem | undefined {
  const found = record(answer)
  const raw = found['autonomous_system_number'] ?? found['asn']
  const asn = number(typeof raw === 'string' ? raw.replace(/^AS/i, '') : raw)
  if (asn === undefined) return undefined
  const name = text(found['autonomous_system_organization']) ?? text(found['as_name']) ?? text(found['name'])
  return name === undefined ? { number: asn } : { number: asn, name }
}

/** Opens an .mmdb file whole in memory. Its answers are undefined for addresses it does not know. */
export function openMmdb(path: string): (ip: string) => unknown {
  try {
    const reader = new Reader<Response>(readFileSync(path))
    const version6 = reader.metadata.ipVersion === 6
    return (ip) => (ip.includes(':') && !version6 ? undefined : (reader.get(ip) ?? undefined))
  } catch (error) {
    throw new CommandError(
      'geo-unreadable',
      `${path} cannot be read as an .mmdb file: ${messageOf(error)}`,
      'check that it is complete, or download it again',
    )
  }
}
