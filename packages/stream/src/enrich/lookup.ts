/** Data that enrichment is handed: the app opens the files (MMDB, CSV), this room only asks. */
import type { AutonomousSystem, Location } from '../event.ts'

export interface Lookup {
  /** What the data says of a public address; undefined where it says nothing. Pure: the same answer for the same address. */
  location?(ip: string): Location | undefined
  autonomousSystem?(ip: string): AutonomousSystem | undefined
  /** Hash of the data, part of the `activate` record: other data, other conclusions. */
  hash: string
}
