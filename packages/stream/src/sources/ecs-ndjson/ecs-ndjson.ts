/** Documents of the Elastic Common Schema, one JSON object a line. https://www.elastic.co/guide/en/ecs/8.17 */
import type { Clock, ClockState, Source } from '../source.ts'
import { EcsParser } from './parser.ts'
import { readTimestamp } from './timestamp.ts'

class EcsClock implements Clock {
  private readonly state: ClockState

  constructor(state: ClockState) {
    this.state = { ...state }
  }

  read(line: string): number {
    const time = readTimestamp(line)
    if (!Number.isNaN(time)) this.state.last = time
    return time
  }

  save(): ClockState {
    return { ...this.state }
  }
}

/** 1 for a document of ECS, a little less for one that only has its stamp. */
function likeness(line: string): number {
  if (line.charCodeAt(0) !== 123 || Number.isNaN(readTimestamp(line))) return 0
  return /"(?:event|ecs)(?:"\s*:\s*\{|\.)/.test(line) ? 1 : 0.7
}

export const ecsNdjson: Source = {
  id: 'ecs-ndjson',
  title: 'Elastic Common Schema, one JSON object a line',
  sniff(lines) {
    const shown = lines.filter((line) => line.trim() !== '').slice(0, 200)
    const sum = shown.reduce((total, line) => total + likeness(line), 0)
    return shown.length === 0 ? 0 : sum / shown.length
  },
  stamp: { year: false, zone: false },
  clock: (state) => new EcsClock(state),
  open: (_door, saved) => new EcsParser(saved),
}
