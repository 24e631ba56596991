/** Authentication logs of Linux: `auth.log`, `secure`, and `journalctl -o json` of the same programs. */
import type { Source } from '../source.ts'
import { AuthLogClock, readStamp } from './clock.ts'
import { readJournal } from './journal.ts'
import { AuthLogParser } from './parser.ts'
import { readSyslogLine } from './syslog-line.ts'

const OF_LOGINS = /^(?:sshd|sudo|su|login|systemd-logind|useradd|usermod|userdel|gdm|vsftpd|CRON|cron|polkitd)\b/

/** 1 for a line of a program that logs people in, a little less for other syslog, 0 for anything else. */
function likeness(line: string): number {
  if (line.charCodeAt(0) === 123) return line.includes('"__REALTIME_TIMESTAMP"') && readJournal(line) ? 1 : 0
  const stamp = readStamp(line)
  const read = stamp === undefined ? undefined : readSyslogLine(line, stamp.end)
  if (read === undefined) return 0
  return OF_LOGINS.test(read.program) || read.message.startsWith('pam_') ? 1 : 0.6
}

export const authLog: Source = {
  id: 'auth-log',
  title: 'authentication log (auth.log, secure, journalctl -o json)',
  sniff(lines) {
    const shown = lines.filter((line) => line.trim() !== '' && !line.startsWith('-- ')).slice(0, 200)
    const sum = shown.reduce((total, line) => total + likeness(line.slice(0, 65_536)), 0)
    return shown.length === 0 ? 0 : sum / shown.length
  },
  stamp: { year: true, zone: true },
  clock: (state) => new AuthLogClock(state),
  open: (door, saved) => new AuthLogParser(door, saved),
}
