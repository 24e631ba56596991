import { describe, expect, it } from 'vitest'
import { simulate } from '../simulate.ts'
import { openAuthLog, stampOf } from './authlog.ts'
import { toEcs } from './ecs.ts'
import { openEcsLog, openLabelledAuthLog } from './labelled-log.ts'

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
    for (const line of [...EVENTS.flatMap(({ event }) => log.write(event)), ...log.end()].map(({ text }) => text)) {
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
    const lines = EVENTS.flatMap(({ event }) => log.write(event)).map(({ text }) => text)
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
    const written = [0, 1, 2, 3].flatMap((second) => log.write({ ...failure, time: failure.time + second * 1000 }))
    const lines = [...written, ...log.end()].map(({ text }) => text)
    expect(lines.filter((line) => line.includes('message repeated 3 times: [ Failed password'))).toHaveLength(1)
    expect(lines.filter((line) => line.includes(': Failed password'))).toHaveLength(1)
  })

  it('has nothing to say of services without one, and pads days with a blank', () => {
    const portal = EVENTS.find(({ event }) => event.service === 'portal')
    expect(openAuthLog().write((portal as (typeof EVENTS)[0]).event)).toEqual([])
    expect(stampOf(Date.UTC(2026, 2, 7, 3, 4, 5))).toBe('Mar  7 03:04:05')
  })
})

interface Truth {
  campaigns: { id: string; attacked: { id: string }[]; lines: number[]; events: string[]; lines_total: number }[]
}

describe('the truth beside a log', () => {
  const simulation = simulate({ users: 80, days: 24, seed: 9 })
  const events = [...simulation.events]
  const writeAll = (form: ReturnType<typeof openEcsLog>) => {
    const written = [...events.map((one) => form.write(one)), form.end()]
    const lines = written.flatMap((one) => one.lines)
    const labels = written.flatMap((one) => one.labels.map((row) => row.split(',') as [string, string, string]))
    const truth = JSON.parse(form.campaigns(simulation.campaigns, simulation.lookAlikes)) as Truth
    return { lines, labels, truth, shown: form.count(simulation.campaigns) }
  }

  it('names what stands in it: events by the ids that the ECS form carries', () => {
    const { lines, labels, truth, shown } = writeAll(openEcsLog())
    const ids = lines.map((line) => JSON.parse(line).event.id as string)
    expect(labels.map(([id]) => id)).toEqual(ids)
    expect(labels.map(([, campaign]) => campaign)).toEqual(events.map(({ campaign }) => campaign ?? ''))
    for (const { id, events: own } of truth.campaigns)
      expect(own).toEqual(labels.filter(([, campaign]) => campaign === id).map(([event]) => event))
    expect(shown).toBe(simulation.campaigns.length)
  })

  it('and lines by their numbers, where lines carry no ids', () => {
    const { lines, labels, truth, shown } = writeAll(openLabelledAuthLog())
    expect(labels.map(([number]) => Number(number))).toEqual(lines.map((_, i) => i + 1))
    expect(truth.campaigns.length).toBe(shown)
    expect(shown).toBeGreaterThan(0)
    expect(shown).toBeLessThan(simulation.campaigns.length)
    for (const { id, lines: own, lines_total: total } of truth.campaigns) {
      expect(own).toEqual(labels.filter(([, campaign]) => campaign === id).map(([number]) => Number(number)))
      expect(total).toBe(own.length)
      // Whose stories these are is told by the events alone.
      const people = events.filter(({ campaign }) => campaign === id).flatMap(({ event }) => [event.user, event.actor])
      const names = people.flatMap((one) => one?.name ?? [])
      for (const number of own.slice(0, 200)) {
        const line = lines[number - 1] as string
        expect(names.some((name) => line.includes(name)) || /rhost=|check pass|logind/.test(line), line).toBe(true)
      }
    }
  })

  it('labels the line that counts equal ones, which comes after they did', () => {
    const failure = events.find(({ event }) => event.service === 'sshd' && event.status === 'failure')
    if (failure === undefined) throw new Error('no failure')
    const form = openLabelledAuthLog()
    const at = (second: number) => ({
      campaign: 'c-1',
      event: { ...failure.event, id: `e${second}`, time: failure.event.time + second * 1000 },
    })
    const written = [...[0, 1, 2].map((second) => form.write(at(second))), form.end()]
    const lines = written.flatMap((one) => one.lines)
    const counted = lines.findIndex((line) => line.includes('message repeated 2 times'))
    expect(counted).toBeGreaterThan(0)
    expect(written.flatMap((one) => one.labels)[counted]).toBe(`${counted + 1},c-1,`)
  })
})
