import type { Source } from './source.ts'

export const sources: ReadonlyMap<string, Source> = new Map()
