/** Every judged event with its surprise, as a table of text (RFC 4180, UTF-8, LF). */
import type { Verdict } from '@heedful/stream'
import { csvField } from './csv-field.ts'
import { outwardText } from './numbers.ts'

export const SCORES_HEADER = 'event_id,time,entity,p_value,risk,alert\n'

/** `p_value` is empty where nothing was concluded, as during warm-up. */
export function scoreLine({ event, time, entity, pValue, risk, alert }: Verdict): string {
  const when = new Date(time).toISOString()
  const who = csvField(`${entity.type}:${entity.id}`)
  return `${csvField(event)},${when},${who},${outwardText(pValue)},${outwardText(risk)},${csvField(alert ?? '')}\n`
}
