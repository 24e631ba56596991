/** What routes ask of a demonstration. */
import type { Static } from 'typebox'
import type { DemoOut } from './schemas/now.ts'

export interface Demo {
  /** The name of the door that its events come through. */
  readonly door: string
  state(): Static<typeof DemoOut>
  /** `pace`: seconds of its life in one second, 1 … 3600. */
  setPace(pace: number): Static<typeof DemoOut>
}
