/** Shells on hosts, and what is done in them as root. */
import type { Random } from '@heedful/detect/contracts/random'
import { SECOND } from '../clock.ts'
import { pick } from '../draw.ts'
import { type Draft, drawPort, note, type Scribe } from './scribe.ts'
import { type Attempt, CLEAN, type Door, logIn, onHost, type Seat } from './session.ts'

/** Ways in from the Internet: a page, or a shell on the host that is exposed for that. */
export type WayIn = Door | { bastion: string }

/** Comes in from outside by a page or a shell. Returns the time of the last entry. */
export function comeIn(
  scribe: Scribe,
  random: Random,
  time: number,
  seat: Seat,
  way: WayIn,
  attempt: Attempt = CLEAN,
): number {
  if (typeof way === 'string') return logIn(scribe, random, time, seat, way, attempt)
  return openShell(
    scribe,
    random,
    time,
    { user: seat.user, device: seat.device, from: seat.from },
    way.bastion,
    'password',
    attempt,
  ).time
}

/** A shell on a host, with a key or a password. Returns the port of its connection. */
export function openShell(
  scribe: Scribe,
  random: Random,
  start: number,
  seat: Seat,
  host: string,
  method: 'publickey' | 'password',
  attempt: Attempt = CLEAN,
): { port: number; time: number } {
  let time = start
  let port = drawPort(scribe.random)
  const entries = attempt.failures + (attempt.givesUp ? 0 : 1)
  for (let i = 0; i < entries; i++) {
    // sshd closes a connection after six wrong passwords, and people begin a new one earlier.
    if (i > 0 && i % 6 === 0) port = drawPort(scribe.random)
    const success = i === attempt.failures
    const draft: Draft = {
      time,
      class: 'authentication',
      activity: 'logon',
      status: success ? 'success' : 'failure',
      user: onHost(seat.user),
      from: seat.inside === undefined ? seat.from : { ip: seat.inside },
      port,
      dstEndpoint: { hostname: host },
      service: 'sshd',
      authMethod: method,
    }
    if (method === 'publickey' && success) draft.keyFingerprint = seat.device.key
    if (!success) draft.statusDetail = attempt.reason ?? 'bad_password'
    note(scribe, draft)
    if (i < entries - 1) time += 1500 + (attempt.pause ?? 6 * SECOND) * random.exponential()
  }
  return { port, time }
}

export function closeShell(scribe: Scribe, time: number, seat: Seat, host: string, port: number): void {
  note(scribe, {
    time,
    class: 'authentication',
    activity: 'logoff',
    status: 'success',
    user: onHost(seat.user),
    from: seat.inside === undefined ? seat.from : { ip: seat.inside },
    port,
    dstEndpoint: { hostname: host },
    service: 'sshd',
  })
}

/** Runs a command as root. */
export function runAsRoot(
  scribe: Scribe,
  time: number,
  seat: Seat,
  host: string,
  command: string,
  options: { by?: 'sudo' | 'su'; refused?: boolean } = {},
): void {
  const draft: Draft = {
    time,
    class: 'authorize_session',
    activity: 'assign_privileges',
    status: options.refused ? 'failure' : 'success',
    user: { name: 'root' },
    actor: onHost(seat.user),
    dstEndpoint: { hostname: host },
    service: options.by ?? 'sudo',
    command,
  }
  if (options.refused) draft.statusDetail = options.by === 'su' ? 'bad_password' : 'not_allowed'
  note(scribe, draft)
}

export const ROOT_COMMANDS: readonly string[] = [
  '/usr/bin/systemctl restart nginx',
  '/usr/bin/systemctl status postgresql',
  '/usr/bin/journalctl -u app --since today',
  '/usr/bin/apt-get update',
  '/usr/bin/apt-get -y upgrade',
  '/usr/bin/docker ps -a',
  '/usr/bin/docker compose up -d',
  '/usr/bin/tail -f /var/log/syslog',
  '/usr/bin/vim /etc/nginx/nginx.conf',
  '/usr/sbin/service filebeat restart',
  '/usr/bin/cat /var/log/auth.log',
  '/usr/bin/chown -R deploy /srv/app',
  '/usr/bin/du -sh /var/lib',
  '/usr/bin/ls /root',
  '/usr/bin/crontab -l',
]

export function rootCommand(random: Random): string {
  return pick(random, ROOT_COMMANDS)
}
