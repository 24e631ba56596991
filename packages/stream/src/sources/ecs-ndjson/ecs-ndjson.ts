/** Documents of the Elastic Common Schema, one JSON object a line. https://www.elastic.co/guide/en/ecs/8.17 */
import { clockOf, meanLikeness } from '../json/whole-stamps.ts'
import type { Source } from '../source.ts'
import { EcsParser } from './parser.ts'
import { readTimestamp } from './timestamp.ts'

/** 1 for a document of ECS, a little less for one that only has its stamp. */
function likeness(line: string): number {
  if (line.charCodeAt(0) !== 123 || Number.isNaN(readTimestamp(line))) return 0
  return /"(?:event|ecs)(?:"\s*:\s*\{|\.)/.test(line) ? 1 : 0.7
}

export const ecsNdjson: Source = {
  id: 'ecs-ndjson',
  title: 'Elastic Common Schema, one JSON object a line',
  sniff: (lines) => meanLikeness(lines, likeness),
  stamp: { year: false, zone: false },
  clock: (state) => clockOf(state, readTimestamp),
  open: (_door, saved) => new EcsParser(saved),
}
