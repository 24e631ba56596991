import { describe, expect, test } from 'vitest'
import { drive } from '../../conformance/drive-source.ts'
import type { Event } from '../../event.ts'
import { authLog } from './auth-log.ts'

const UTC = { timezone: 'UTC', year: 2024 }
const line = (second: number, text: string, host = 'h') => {
  const clock = new Date(second * 1000).toISOString().slice(11, 19)
  return `Mar  1 ${clock} ${host} ${text}`
}
const events = (...lines: string[]) => drive(authLog, lines, UTC).events
const failures = (found: readonly Event[]) =>
  found.reduce((sum, event) => sum + (event.status === 'failure' ? event.count : 0), 0)
const PAM =
  'pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.9  user=root'
const FAILED = 'Failed password for root from 192.0.2.9 port 22 ssh2'

describe("an attacker's name forges nothing", () => {
  const names = [
    'root from 10.0.0.1 port 22 ssh2',
    'x from 10.0.0.1 port 22 ssh2: RSA SHA256:abc',
    'x from 10.0.0.1 port 1 ssh2: RSA-CERT SHA256:x ID b (serial 0) CA RSA SHA256:y',
    ' from ',
    ' from 10.0.0.1 port 1',
    'Accepted password for root from 10.0.0.1 port 22 ssh2',
    'invalid user x',
    'x port 5',
    'x: y [preauth]',
    'message repeated 9 times: [ Failed password for root from 10.0.0.1 port 22 ssh2]',
    'constructor',
    '__proto__',
    '',
    '$a',
    ' ',
    '-CERT (serial 0) CA',
  ]
  test.each(names)('%j', (name) => {
    const tails = ['', ': RSA SHA256:AbCd', ': ED25519-CERT SHA256:AbCd ID me (serial 3) CA RSA SHA256:EfGh']
    for (const tail of tails) {
      const method = tail === '' ? 'password' : 'publickey'
      const text = `sshd[1]: Failed ${method} for invalid user ${name} from 192.0.2.9 port 4000 ssh2${tail}`
      const { events: found, refused } = drive(authLog, [line(0, text)], UTC)
      if (refused.length > 0) {
        expect(refused[0]?.reason).toBe('message_ambiguous')
        continue
      }
      expect(found).toHaveLength(1)
      expect(found[0]).toMatchObject({ status: 'failure', unknownUser: true, count: 1 })
      expect(found[0]?.srcEndpoint).toEqual({ ip: '192.0.2.9', port: 4000 })
      expect(found[0]?.user?.name ?? '').toBe(name)
    }
  })

  test.each(names)('%j where the connection ends', (name) => {
    const [named] = events(line(0, `sshd[1]: Invalid user ${name} from 192.0.2.9 port 4000`))
    expect(named?.srcEndpoint).toEqual({ ip: '192.0.2.9', port: 4000 })
    const [closed] = events(line(0, `sshd[1]: Connection closed by invalid user ${name} 192.0.2.9 port 4000 [preauth]`))
    expect(closed).toMatchObject({ status: 'failure', srcEndpoint: { ip: '192.0.2.9', port: 4000 } })
    expect(closed?.user?.name ?? '').toBe(name)
  })

  test('nor does a forged rhost in what PAM says', () => {
    const text = PAM.replace('user=root', 'user=a rhost=10.0.0.1 user=root')
    expect(events(line(0, `sshd[1]: ${text}`))[0]?.srcEndpoint).toEqual({ ip: '192.0.2.9' })
    const ftp =
      'pam_unix(ftp:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser=x rhost=10.0.0.1 user=y rhost=192.0.2.9'
    expect(drive(authLog, [line(0, `vsftpd[1]: ${ftp}`)], UTC).refused[0]?.reason).toBe('message_ambiguous')
  })

  test('a folder or an argument hides no use of root under sudo', () => {
    for (const text of [
      'a : TTY=p ; PWD=/tmp/x ; USER=nobody ; COMMAND=/bin/true ; USER=root ; COMMAND=/bin/sh',
      'a : TTY=p ; PWD=/ ; USER=root ; COMMAND=/bin/ls  ; USER=nobody ; COMMAND=/bin/true',
    ]) {
      expect(events(line(0, `sudo: ${text}`))[0]).toMatchObject({ user: { name: 'root' }, actor: { name: 'a' } })
    }
  })
})

describe('the lines of one attempt make one event', () => {
  test('PAM and sshd speak of one failure, also when sshd is slow', () => {
    for (const gap of [0, 2, 12, 45, 100]) {
      const found = events(line(0, `sshd[1]: ${PAM}`), line(gap, `sshd[1]: ${FAILED}`))
      expect(failures(found)).toBe(1)
    }
  })

  test('what sums up failures that were told counts nothing; alone it counts', () => {
    const more = PAM.replace('pam_unix(sshd:auth): authentication failure', 'PAM 4 more authentication failures')
    const told = [`sshd[1]: ${PAM}`, `sshd[1]: ${FAILED}`, `sshd[1]: message repeated 4 times: [ ${FAILED}]`]
    expect(failures(events(...told.map((text, at) => line(at, text)), line(5, `sshd[1]: ${more}`)))).toBe(5)
    expect(failures(events(line(0, `sshd[1]: ${PAM}`), line(5, `sshd[1]: ${more}`)))).toBe(5)
    expect(failures(events(line(0, `sshd[1]: ${PAM}`), line(50, `sshd[1]: ${more}`)))).toBe(5)
  })

  test('an unknown name that is only named is one failure', () => {
    const found = events(
      line(0, 'sshd[1]: Invalid user x from 192.0.2.9 port 1'),
      line(0, 'sshd[1]: input_userauth_request: invalid user x [preauth]'),
      line(1, 'sshd[1]: Connection closed by 192.0.2.9 port 1 [preauth]'),
    )
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ status: 'failure', unknownUser: true, statusDetail: 'unknown_user' })
  })

  test('three wrong passwords of sudo are three, whether or not PAM told the first before', () => {
    const pam = 'sudo: pam_unix(sudo:auth): authentication failure; logname=a uid=1 euid=0 tty=p ruser=a rhost=  user=a'
    const wrong = 'sudo: a : 3 incorrect password attempts ; TTY=p ; PWD=/ ; USER=root ; COMMAND=/bin/sh'
    for (const gap of [3, 300]) expect(failures(events(line(0, pam), line(gap, wrong)))).toBe(3)
    expect(failures(events(line(0, wrong)))).toBe(3)
  })

  test('keys that are not accepted before the right one are no failures', () => {
    const found = events(
      line(0, 'sshd[1]: Failed publickey for a from 192.0.2.9 port 1 ssh2: RSA SHA256:x'),
      line(0, 'sshd[1]: Accepted publickey for a from 192.0.2.9 port 1 ssh2: RSA SHA256:y'),
      line(0, 'sshd[1]: pam_unix(sshd:session): session opened for user a(uid=1) by (uid=0)'),
    )
    expect(found.map(({ status, keyFingerprint }) => [status, keyFingerprint])).toEqual([['success', 'SHA256:y']])
  })

  test('processes of other hosts are others', () => {
    const found = events(line(0, `sshd[1]: ${PAM}`, 'one'), line(1, `sshd[1]: ${FAILED}`, 'two'))
    expect(failures(found)).toBe(2)
  })

  test('a number that comes back after a while is somebody else', () => {
    const closed = 'sshd[1]: Connection closed by authenticating user root 192.0.2.9 port 22 [preauth]'
    expect(failures(events(line(0, closed), line(1, closed)))).toBe(1)
    expect(failures(events(line(0, closed), line(1000, closed)))).toBe(2)
  })
})

test('time that stands still or runs backwards loses nothing', () => {
  const lines = Array.from({ length: 50 }, (_, pid) => line(5000 - 60 * pid, `sshd[${pid}]: ${PAM}`))
  expect(failures(events(...lines))).toBe(50)
})

test('a million processes leave a bounded memory, and every failure is told', () => {
  const door = { door: 1, name: 't', format: 'auth-log', timezone: 'UTC' }
  const parser = authLog.open(door)
  const time = Date.UTC(2024, 2, 1)
  let count = 0
  for (let pid = 0; pid < 1_000_000; pid++) {
    const text = pid % 10 === 0 ? PAM : 'pam_unix(sshd:auth): check pass; user unknown'
    const parsed = parser.parse(`Mar  1 00:00:00 h${pid % 5000} sshd[${pid}]: ${text}`, time, () => `${pid}`, pid)
    if (parsed.kind === 'events') count += failures(parsed.events)
    if (pid % 250 > 0) continue
    const sudo = `sudo: a${pid} : TTY=p ; PWD=/ ; USER=root ; COMMAND=/x`
    const other = parser.parse(`Mar  1 00:00:00 s${pid} ${sudo}`, time, () => `s${pid}`, pid)
    if (other.kind === 'events') count += failures(other.events)
  }
  expect(JSON.stringify(parser.save()).length).toBeLessThan(4_000_000)
  expect(count + failures(parser.flush(8.64e15))).toBe(100_000)
})

test('a foreign state is refused', () => {
  const door = { door: 1, name: 't', format: 'auth-log', timezone: 'UTC' }
  expect(() => authLog.open(door, { format: 'other' })).toThrow(expect.objectContaining({ code: 'state_foreign' }))
})
