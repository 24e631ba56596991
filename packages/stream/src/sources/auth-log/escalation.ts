/** Privileges that are given to a session: sudo(8), su(1), pkexec(1). */
import type { Event } from '../../event.ts'
import type { Parsed } from '../source.ts'
import type { Attempts } from './attempts.ts'
import { Absorbed, absorbed, damaged, type Entry, eventOf, refused, told } from './entry.ts'

/** sudo often tells no process: its dialogue is known by who is asked. */
export const dialogueKey = ({ host, program }: Entry, actor: string): string => `${host}\n${program}\n@${actor}`

export function escalationOf(entry: Entry, actor: string, user: string, statusDetail?: string): Event {
  const event = eventOf(entry, {
    class: 'authorize_session',
    activity: 'assign_privileges',
    status: statusDetail === undefined ? 'success' : 'failure',
  })
  if (user !== '') event.user = { name: user }
  if (actor !== '') event.actor = { name: actor }
  if (statusDetail !== undefined) event.statusDetail = statusDetail
  return event
}

const FIELD = ' ; '

interface SudoLine {
  actor: string
  /** Why it was refused, in sudo's words; empty where it was not. */
  reason: string
  user: string
  command: string
  tty: string
  folder: string
}

/**
 * Which account was meant. A folder's name and a command's arguments are texts of whoever calls sudo, and may hold a forged
 * `; USER=nobody ;`: so where several are named, root is believed first.
 */
function targetOf(text: string): string {
  let first: string | undefined
  for (let at = text.indexOf('USER='); at >= 0; at = text.indexOf('USER=', at + 5)) {
    if (at > 0 && !text.startsWith(FIELD, at - 3)) continue
    const end = text.indexOf(FIELD, at)
    const name = text.slice(at + 5, end < 0 ? text.length : end)
    if (name === 'root') return name
    first ??= name
  }
  return first ?? 'root'
}

function fieldOf(text: string, name: string): string {
  const at = text.startsWith(name) ? 0 : text.indexOf(FIELD + name)
  if (at < 0) return ''
  const from = at === 0 ? name.length : at + FIELD.length + name.length
  const end = text.indexOf(FIELD, from)
  return text.slice(from, end < 0 ? text.length : end)
}

/** `ACTOR : [REASON ; ]TTY=… ; PWD=… ; USER=… ; COMMAND=…`: lib/eventlog of sudo. */
function readSudo(message: string): SudoLine | undefined {
  const at = message.indexOf(' : ')
  if (at <= 0 || message.lastIndexOf(' ', at - 1) >= 0) return undefined
  const text = message.slice(at + 3)
  const first = text.indexOf(FIELD)
  const head = first < 0 ? text : text.slice(0, first)
  const reason = /^[A-Z]+=/.test(head) ? '' : head
  const commandAt = text.indexOf('COMMAND=')
  if (commandAt < 0 && reason === '') return undefined
  return {
    actor: message.slice(0, at),
    reason,
    user: targetOf(text),
    command: commandAt < 0 ? '' : text.slice(commandAt + 8),
    tty: fieldOf(text, 'TTY='),
    folder: fieldOf(text, 'PWD='),
  }
}

const WRONG_SECRETS = /^(\d{1,4}) incorrect password attempts?$/

/** `undefined`: sudo's notice of something else than a refusal. */
function refusalOf(reason: string): string | undefined {
  if (WRONG_SECRETS.test(reason)) return 'bad_password'
  if (/^(?:user )?NOT (?:in sudoers|authorized on host)/.test(reason)) return 'not_allowed'
  if (reason === 'command not allowed') return 'not_allowed'
  if (/password is required|no tty present|must have a tty|terminal is required/.test(reason)) return 'no_terminal'
  if (/account|expired|locked/.test(reason)) return 'locked'
  return undefined
}

function withCommand(event: Event, { command, tty, folder }: SudoLine): Event {
  if (command !== '') event.command = command
  const more = [...(tty === '' ? [] : [['tty', tty]]), ...(folder === '' ? [] : [['pwd', folder]])]
  if (more.length > 0) event.unmapped = JSON.stringify(Object.fromEntries(more))
  return event
}

function refusedSudo(entry: Entry, attempts: Attempts, line: SudoLine): Parsed {
  const detail = refusalOf(line.reason)
  if (detail === undefined) return absorbed(Absorbed.told)
  const attempt = attempts.touch(dialogueKey(entry, line.actor))
  const wrong = WRONG_SECRETS.exec(line.reason)?.[1]
  const event = withCommand(escalationOf(entry, line.actor, line.user, detail), line)
  if (wrong === undefined) return told(event)
  const untold = attempts.settle(attempt, Math.max(1, Number(wrong)) * entry.count)
  return untold === 0 ? absorbed(Absorbed.told) : told({ ...event, count: untold })
}

/** `sudo` remembers, for account tools, who is behind root. */
export interface LastCommand {
  actor: string
  tool: string
  time: number
}

export function commandTool(command: string): string {
  const space = command.indexOf(' ')
  const path = space < 0 ? command : command.slice(0, space)
  return path.slice(path.lastIndexOf('/') + 1)
}

export function parseSudo(entry: Entry, attempts: Attempts, onCommand: (last: LastCommand) => void): Parsed {
  const { message } = entry
  const line = readSudo(message)
  if (line === undefined) {
    // A command too long for one line goes on, cut anywhere.
    if (/^\S+ : \(command continued\) /.test(message)) return absorbed(Absorbed.told)
    return / : (?:TTY|PWD|USER|HOST)=/.test(message)
      ? damaged(entry, 'a command under sudo with its end')
      : absorbed(Absorbed.server)
  }
  if (line.reason !== '') return refusedSudo(entry, attempts, line)
  const attempt = attempts.touch(dialogueKey(entry, line.actor))
  attempts.tell(attempt)
  attempt.granted = true
  onCommand({ actor: line.actor, tool: commandTool(line.command), time: entry.time })
  return told(withCommand(escalationOf(entry, line.actor, line.user), line))
}

/** `pkexec: ACTOR: Executing command [USER=root] [TTY=unknown] [CWD=/home/a] [COMMAND=/usr/bin/x]`. */
export function parsePkexec(entry: Entry): Parsed {
  const found =
    /^([^\s:]+): (Executing command|Error executing command as another user: [^[]*) ?\[USER=([^\]]*)\]/.exec(
      entry.message,
    )
  if (found === null) return absorbed(Absorbed.server)
  const refusal = (found[2] as string).startsWith('Error') ? 'not_allowed' : undefined
  const event = escalationOf(entry, found[1] as string, found[3] as string, refusal)
  const commandAt = entry.message.indexOf('[COMMAND=')
  if (commandAt >= 0) event.command = entry.message.slice(commandAt + 9).replace(/\]$/, '')
  return told(event)
}

/** The ways in which su of shadow-utils, util-linux and coreutils tells its outcome. */
const SU_FORMS: readonly { form: RegExp; user: number; actor: number; failed: boolean }[] = [
  { form: /^Successful su for (\S+) by (\S+)$/, user: 1, actor: 2, failed: false },
  { form: /^FAILED su for (\S+) by (\S+)$/, user: 1, actor: 2, failed: true },
  { form: /^FAILED SU \(to (\S*)\) (\S+) on \S+$/, user: 1, actor: 2, failed: true },
  { form: /^\(to (\S+)\) (\S+) on \S+$/, user: 1, actor: 2, failed: false },
  { form: /^\+ \S+ ([^\s:]+)[:-](\S+)$/, user: 2, actor: 1, failed: false },
  { form: /^- \S+ ([^\s:]+)[:-](\S+)$/, user: 2, actor: 1, failed: true },
]

const suKey = ({ host, program, pid }: Entry): string => `${host}\n${program}\n${pid}`

export function parseSu(entry: Entry, attempts: Attempts): Parsed {
  for (const { form, user, actor, failed } of SU_FORMS) {
    const found = form.exec(entry.message)
    if (found === null) continue
    const attempt = attempts.touch(suKey(entry))
    const event = escalationOf(
      entry,
      found[actor] as string,
      found[user] as string,
      failed ? 'bad_password' : undefined,
    )
    if (!failed) {
      if (attempt.granted) return absorbed(Absorbed.told)
      attempts.tell(attempt)
      attempt.granted = true
      return told(event)
    }
    // `FAILED SU` and `- tty a:b` are two words for one refusal.
    if (entry.message.startsWith('- ') && attempt.told > 0) return absorbed(Absorbed.told)
    const untold = attempts.settle(attempt, entry.count)
    return untold === 0 ? absorbed(Absorbed.told) : told({ ...event, count: untold })
  }
  if (/^(?:FAILED|Successful|\(to)/.test(entry.message)) {
    return refused('message_damaged', `su: "${entry.message.slice(0, 120)}" is not an outcome of su`)
  }
  return absorbed(Absorbed.server)
}
