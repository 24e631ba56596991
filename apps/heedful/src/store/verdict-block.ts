/** The verdicts of one group as one text: a row for each would cost three times as much. */
import type { EntityType, Verdict } from '@heedful/stream'

type Row = [
  event: string,
  position: number,
  time: number,
  type: EntityType,
  id: string,
  pValue: number | null,
  modelled: 0 | 1,
  risk: number,
  alert: string | null,
]

/** JSON has no NaN: a p-value that is not concluded (warm-up) is null. */
const finite = (value: number) => (Number.isFinite(value) ? value : null)

export function writeVerdicts(verdicts: readonly Verdict[]): string {
  return JSON.stringify(
    verdicts.map(
      (verdict): Row => [
        verdict.event,
        verdict.position,
        verdict.time,
        verdict.entity.type,
        verdict.entity.id,
        finite(verdict.pValue),
        verdict.modelled ? 1 : 0,
        verdict.risk,
        verdict.alert ?? null,
      ],
    ),
  )
}

export function readVerdicts(text: string): Verdict[] {
  return (JSON.parse(text) as Row[]).map(([event, position, time, type, id, pValue, modelled, risk, alert]) => {
    const verdict: Verdict = {
      event,
      position,
      time,
      entity: { type, id },
      pValue: pValue ?? Number.NaN,
      modelled: modelled === 1,
      risk,
    }
    return alert === null ? verdict : { ...verdict, alert }
  })
}
