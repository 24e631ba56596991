/** The kinds of record that the log holds: every influence on what is concluded, and nothing else. */

/** A line as it came through a door (a file, a socket), framed but not parsed. */
export interface RawRecord {
  kind: 'raw'
  /** Which door: `doors` of the configuration in force says format and time zone. Small integer, stable for a data folder. */
  door: number
  /** The line without its line end; bytes that were no UTF-8 stand as U+FFFD. */
  line: string
  /** The stamp that the framing read and resolved (year, time zone), ms UTC; NaN where it found none. */
  time: number
  /** How often the same line came through the same door before (0 the first time): part of the event's id. */
  occurrence: number
  /** Why the framing already refuses the line (too long, a clock that jumps); it goes to the dead letters. */
  refused?: string
  /** Position of the record of the same line that was refused before: it is read again. */
  redrives?: number
}

/** Time passes: silence, epochs and budget days advance here. Never runs backwards. */
export interface TickRecord {
  kind: 'tick'
  time: number
}

/** Configuration, door, enrichment data or build from here on. `hash` names the kept bytes. */
export interface ActivateRecord {
  kind: 'activate'
  what: 'configuration' | 'door' | 'enrichment' | 'build'
  hash: string
  /** The JSON text itself where it is small (configuration, door); files are kept beside the log. */
  content: string
}

/** What an analyst said of an alert. */
export interface FeedbackRecord {
  kind: 'feedback'
  time: number
  alert: string
  label: 'benign' | 'malicious' | 'none'
  /** Why, in the analyst's words; read by no judgement. */
  note?: string
}

/** What a remote model said of an event; it takes effect here. */
export interface AnswerRecord {
  kind: 'answer'
  event: string
  model: string
  score: number
}

export type LogRecord = RawRecord | TickRecord | ActivateRecord | FeedbackRecord | AnswerRecord

/** How the lines of a door are read: the content of an `activate` record of a door. */
export interface Door {
  door: number
  /** What a person calls it. Ids of its lines carry it, so it stays the same wherever and however often the log is read. */
  name: string
  /** Id of a source in `sources/registry`. */
  format: string
  /** IANA zone of stamps that carry none. */
  timezone: string
  /** How lines of the format `mapped` become events: the text of a JSON object (see `sources/mapped`). */
  mapping?: string
}
