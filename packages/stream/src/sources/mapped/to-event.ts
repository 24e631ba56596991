/** The texts of a record → an event, as the mapping says. */
import type { Endpoint, Event, EventClass, User } from '../../event.ts'
import { memberText, unmappedOf } from '../json/unmapped.ts'
import type { Condition, Field, Form, Mapping, Rule } from './mapping.ts'
import type { RecordText } from './record.ts'
import type { Draft, Fill } from './vocabulary.ts'

/** What an event of a class is, where nothing says it. */
const ACTIVITIES: Record<EventClass, string> = {
  authentication: 'logon',
  authorize_session: 'assign_privileges',
  account_change: 'update',
  file_activity: 'read',
  application_activity: 'use',
  other: 'other',
}

function fitsForm({ text, openStart, openEnd }: Form, said: string): boolean {
  if (said === '') return text === '' && !openStart && !openEnd
  if (openStart && openEnd) return said.includes(text)
  if (openStart) return said.endsWith(text)
  return openEnd ? said.startsWith(text) : said === text
}

const fits = ({ slot, forms }: Condition, texts: readonly string[]): boolean => {
  const said = (texts[slot] as string).toLowerCase()
  return forms.some((form) => fitsForm(form, said))
}

const applies = ({ when }: Rule, texts: readonly string[]): boolean => when.every((condition) => fits(condition, texts))

/** Whether a rule drops the record. */
export const isSkipped = ({ rules }: Mapping, texts: readonly string[]): boolean =>
  rules.some((rule) => rule.skip && applies(rule, texts))

/** The slot that says something first, or −1. */
const speaking = ({ slots }: Field, texts: readonly string[]): number => slots.find((slot) => texts[slot] !== '') ?? -1

const tableText = ({ table }: Field, text: string): string | undefined =>
  table === undefined ? text : table.get(text.toLowerCase())

const isEmpty = (part: object): boolean => {
  for (const _ in part) return false
  return true
}

function endpointOf({ source, location, system }: Draft): Endpoint | undefined {
  if ((location.latitude === undefined) !== (location.longitude === undefined)) {
    delete location.latitude
    delete location.longitude
  }
  if (!isEmpty(location)) source.location = location
  const { number, name } = system
  if (number !== undefined) source.autonomousSystem = { number, ...(name !== undefined && { name }) }
  return isEmpty(source) ? undefined : source
}

const isWhole = (user: Partial<User>): user is User => user.name !== undefined

function finish(draft: Draft, hasStatus: boolean): Event {
  const { event, user, actor, destination } = draft
  if (isWhole(user)) event.user = user
  if (isWhole(actor) && actor.name !== event.user?.name) event.actor = actor
  const source = endpointOf(draft)
  if (source !== undefined) event.srcEndpoint = source
  if (!isEmpty(destination)) event.dstEndpoint = destination
  if (event.activity === '') event.activity = ACTIVITIES[event.class]
  // An act that was recorded was done; only a log-in may as well have been tried in vain.
  const isAttempt = event.class === 'other' || (event.class === 'authentication' && event.activity === 'logon')
  if (!hasStatus && !isAttempt) event.status = 'success'
  return event
}

const draftOf = (time: number, position: number): Draft => ({
  event: { id: '', position, time, class: 'other', activity: '', status: 'unknown', count: 1 },
  ...{ user: {}, actor: {}, source: {}, destination: {}, location: {}, system: {} },
})

/** Puts texts into their places, and remembers which were of use. */
class Filling {
  hasStatus = false
  private readonly read = new Set<number>()
  private readonly unread = new Set<number>()
  private readonly draft: Draft
  private readonly texts: readonly string[]

  constructor(draft: Draft, texts: readonly string[]) {
    this.draft = draft
    this.texts = texts
  }

  field(field: Field): void {
    const slot = speaking(field, this.texts)
    const known = slot < 0 ? undefined : tableText(field, this.texts[slot] as string)
    const isRead = known !== undefined && this.put(field.name, field.kind.fill, known)
    if (slot >= 0) (isRead ? this.read : this.unread).add(slot)
    const otherwise = field.constant ?? field.otherwise
    if (!isRead && otherwise !== undefined) this.put(field.name, field.kind.fill, otherwise)
  }

  put(name: string, fill: Fill, text: string): boolean {
    const done = fill(this.draft, text)
    this.hasStatus ||= done && name === 'status'
    return done
  }

  /** Slots that a field was to read, and that no field could. */
  left(): number[] {
    return [...this.unread].filter((slot) => !this.read.has(slot))
  }
}

/** Of rules that set the same field the first that applies counts. */
function applyRules({ rules }: Mapping, filling: Filling, texts: readonly string[]): void {
  const set = new Set<string>()
  for (const rule of rules) {
    if (rule.skip || !applies(rule, texts)) continue
    for (const { name, kind, text } of rule.set) {
      if (set.has(name)) continue
      set.add(name)
      filling.put(name, kind.fill, text)
    }
  }
}

/** Fields first, then rules, which go before them. */
export function toEvent(
  mapping: Mapping,
  { texts, rest }: RecordText,
  time: number,
  lineId: () => string,
  position: number,
): Event {
  const draft = draftOf(time, position)
  const filling = new Filling(draft, texts)
  for (const field of mapping.fields) filling.field(field)
  applyRules(mapping, filling, texts)
  const event = finish(draft, filling.hasStatus)
  if (event.id === '') event.id = lineId()
  if (event.status === 'failure' && event.statusDetail === 'unknown_user') event.unknownUser = true
  const left = filling.left().map((slot) => memberText(mapping.inputs[slot] as string, texts[slot]))
  const unmapped = unmappedOf([...rest, ...left])
  if (unmapped !== undefined) event.unmapped = unmapped
  return event
}
