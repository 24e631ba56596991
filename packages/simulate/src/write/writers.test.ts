import { describe, expect, it } from 'vitest'
import { simulate } from '../simulate.ts'
import { openAuthLog, stampOf, toAuthLog } from './authlog.ts'
import { toEcs } from './ecs.ts'

const EVENTS = [...simulate({ users: 80, days: 24, seed: 9 }).events]

describe('toEcs', () => {
  it('writes one JSON document a line, with the fields that every event has', () => {
    for (const { event } of EVENTS.slice(0, 5000)) {
      const line = toEcs(event)
      expect(line.includes('\n')).toBe(false)
      const document = JSON.parse(line)
      expect(document['@timestamp']).toBe(new Date(event.time).toISOString())
      expect(document.event).toMatchObject({ id: event.id, outcome: event.status })
      expect(document.event.category).toHaveLength(1)
      expect(typeof document.user.name).toBe('string')
    }
  })

  it('puts who acted into user, whose rights were taken into user.effective', () => {
    const sudo = EVENTS.find(({ event }) => event.class === 'authorize_session' && event.status === 'success')
    const document = JSON.parse(toEcs((sudo as (typeof EVENTS)[0]).event))
    expect(document.user.effective.name).toBe('root')
    expect(document.user.name).toBe(sudo?.event.actor?.name)
    expect(document.process.command_line).toBe(sudo?.event.command)
  })

  it('calls what the user uploads source.bytes and what the user downloads destination.bytes', () => {
    const file = EVENTS.find(({ event }) => event.class === 'file_activity') as (typeof EVENTS)[0]
    const document = JSON.parse(toEcs(file.event))
    expect(document.source.bytes).toBe(file.event.bytesIn)
    expect(document.destination.bytes).toBe(file.event.bytesOut)
    expect(document.file.path).toBe(file.event.resource)
  })
})

/** Lines of OpenSSH 9, PAM, systemd-logind, sudo and su as Debian's rsyslog writes them. */
const SHAPES: readonly RegExp[] = [
  /^sshd\[\d+\]: Accepted (password|publickey) for \S+ from [\d.]+ port \d+ ssh2(: ED25519 SHA256:\S{43})?$/,
  /^sshd\[\d+\]: Failed password for (invalid user )?\S+ from [\d.]+ port \d+ ssh2$/,
  /^sshd\[\d+\]: message repeated \d+ times: \[ Failed password for (invalid user )?\S+ from [\d.]+ port \d+ ssh2\]$/,
  /^sshd\[\d+\]: Invalid user \S+ from [\d.]+ port \d+$/,
  /^sshd\[\d+\]: pam_unix\(sshd:auth\): check pass; user unknown$/,
  /^sshd\[\d+\]: pam_unix\(sshd:auth\): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=[\d.]+ ( user=\S+)?$/,
  /^sshd\[\d+\]: pam_unix\(sshd:session\): session opened for user \S+\(uid=\d+\) by \S+\(uid=0\)$/,
  /^sshd\[\d+\]: pam_unix\(sshd:session\): session closed for user \S+$/,
  /^sshd\[\d+\]: Received disconnect from [\d.]+ port \d+:11: disconnected by user$/,
  /^sshd\[\d+\]: Disconnected from user \S+ [\d.]+ port \d+$/,
  /^systemd-logind\[\d+\]: New session \d+ of user \S+\.$/,
  /^systemd-logind\[\d+\]: Session \d+ logged out\. Waiting for processes to exit\.$/,
  /^systemd-logind\[\d+\]: Removed session \d+\.$/,
  /^sudo\[\d+\]: +\S+ : (user NOT in sudoers ; )?TTY=pts\/\d ; PWD=\/home\/\S+ ; USER=root ; COMMAND=\/.+$/,
  /^sudo\[\d+\]: pam_unix\(sudo:session\): session (opened|closed) for user root(\(uid=0\) by \S+\(uid=\d+\))?$/,
  /^su\[\d+\]: \(to root\) \S+ on pts\/\d$/,
  /^su\[\d+\]: FAILED SU \(to root\) \S+ on pts\/\d$/,
  /^su\[\d+\]: pam_unix\(su:(session|auth)\): .+$/,
]

describe('the auth log', () => {
  it('has only lines of the forms that the real programs write', () => {
    const log = openAuthLog()
    const seen = new Set<number>()
    let count = 0
    for (const line of [...EVENTS.flatMap(({ event }) => log.write(event)), ...log.end()]) {
      const match = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [a-z0-9-]+ (.+)$/.exec(line)
      const shape = SHAPES.findIndex((one) => one.test(match?.[1] ?? ''))
      expect(shape, line).toBeGreaterThanOrEqual(0)
      seen.add(shape)
      count++
    }
    expect(count).toBeGreaterThan(3000)
    expect(seen.size).toBeGreaterThan(14)
  })

  it('tells each log-in in three lines and closes its session under the same process', () => {
    const log = openAuthLog()
    const lines = EVENTS.flatMap(({ event }) => log.write(event))
    const accepted = lines.filter((line) => line.includes(': Accepted '))
    expect(lines.filter((line) => line.includes('sshd:session): session opened')).length).toBe(accepted.length)
    expect(lines.filter((line) => line.includes(': New session ')).length).toBe(accepted.length)
    const closed = lines.filter((line) => line.includes('sshd:session): session closed'))
    const pidOf = (line: string) => /(\S+ sshd\[\d+\])/.exec(line)?.[1]
    const opened = new Set(accepted.map(pidOf))
    // The first day closes sessions that were opened before the log began.
    expect(closed.filter((line) => !opened.has(pidOf(line))).length / closed.length).toBeLessThan(0.02)
  })

  it('folds equal lines that follow each other into one that counts them', () => {
    const failure = EVENTS.find(({ event }) => event.service === 'sshd' && event.status === 'failure')?.event
    if (failure === undefined) throw new Error('no failure')
    const log = openAuthLog()
    const lines = [0, 1, 2, 3].flatMap((second) => log.write({ ...failure, time: failure.time + second * 1000 }))
    lines.push(...log.end())
    expect(lines.filter((line) => line.includes('message repeated 3 times: [ Failed password'))).toHaveLength(1)
    expect(lines.filter((line) => line.includes(': Failed password'))).toHaveLength(1)
  })

  it('has nothing to say of services without one, and pads days with a blank', () => {
    const portal = EVENTS.find(({ event }) => event.service === 'portal')
    expect(toAuthLog((portal as (typeof EVENTS)[0]).event)).toEqual([])
    expect(stampOf(Date.UTC(2026, 2, 7, 3, 4, 5))).toBe('Mar  7 03:04:05')
  })
})
