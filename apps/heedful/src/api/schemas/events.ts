/** What `POST /v1/events` reads and answers. */
import { Type } from 'typebox'

export const EventsQuery = Type.Object({
  format: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'How the events are written: the id of a format, or auto.',
      default: 'auto',
    }),
  ),
  wait: Type.Optional(
    Type.Literal('verdict', { description: 'Answer when the events are judged, with their verdicts.' }),
  ),
  space: Type.Optional(Type.String({ maxLength: 64, default: 'main' })),
})

/** Printable ASCII: keys and names are shown to people. */
export const EventsHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^[\\x20-\\x7e]+$',
      description: 'A request that is sent again under its key is answered the same and stored once. Kept for a day.',
    }),
  ),
  'x-heedful-source': Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9_.@/-]{0,63}$',
      description: 'Where the events come from, always called the same.',
      default: 'http',
    }),
  ),
})

export const VerdictOut = Type.Object({
  event_id: Type.String(),
  time: Type.String({ format: 'date-time' }),
  entity: Type.Object({ type: Type.String(), id: Type.String() }),
  p_value: Type.Union([Type.Number(), Type.Null()]),
  risk: Type.Number(),
  alert: Type.Union([Type.String(), Type.Null()]),
})

const receipt = {
  accepted: Type.Integer({ description: 'Events that stand in the log and are judged.' }),
  refused: Type.Integer({
    description: 'Lines that stand there refused: too long, or by a clock that is plainly wrong.',
  }),
  position: Type.Object(
    { from: Type.Integer(), to: Type.Integer() },
    { description: 'Their place in the log: from … to − 1.' },
  ),
  request_id: Type.String(),
}

export const Receipt = Type.Object(receipt)
export const Judged = Type.Object({ ...receipt, verdicts: Type.Array(VerdictOut) })
