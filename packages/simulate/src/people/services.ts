/** Accounts that nobody sits behind: they log in on schedule, from the same machine, with the same key. */
import type { Random } from '@heedful/detect/contracts/random'
import { HOUR, MINUTE } from '../clock.ts'
import { between, chance, pick, whole } from '../draw.ts'
import type { Office } from '../places/offices.ts'
import type { Since } from './person.ts'

export interface ServiceAccount {
  name: string
  random: Random
  /** Where it runs: an address inside. */
  from: string
  /** What it reaches. */
  host: string
  /** `sshd` with a key, or an application with a token. */
  service: string
  /** The client that it sends, where it speaks HTTP. */
  agent?: string
  keys: Since<string>[]
  /** ms between two runs; a run begins this long after the last, give or take a little. */
  every: number
  phase: number
  /** Median bytes of a run; 0 where none are counted. */
  bytes: number
  /** Path that a copying job writes. */
  path?: string
  /** Hours (UTC) in which it runs; all day where absent. */
  window?: readonly [number, number]
}

interface Job {
  name: string
  role: string
  service: string
  every: readonly [low: number, high: number]
  bytes: number
  agent?: string
  path?: string
  window?: readonly [number, number]
}

const JOBS: readonly Job[] = [
  {
    name: 'svc-backup',
    role: 'backup',
    service: 'smb',
    every: [24 * HOUR, 24 * HOUR],
    bytes: 40e9,
    path: '/backup/nightly/full.tar.zst',
  },
  { name: 'svc-monitoring', role: 'web', service: 'sshd', every: [2 * HOUR, 3 * HOUR], bytes: 0 },
  { name: 'svc-deploy', role: 'web', service: 'sshd', every: [2 * HOUR, 5 * HOUR], bytes: 0, window: [6, 20] },
  { name: 'svc-etl', role: 'db', service: 'sshd', every: [6 * HOUR, 6 * HOUR], bytes: 0 },
  {
    name: 'svc-reports',
    role: 'files',
    service: 'smb',
    every: [24 * HOUR, 24 * HOUR],
    bytes: 60e6,
    path: '/finance/month-end/daily.csv',
  },
  {
    name: 'svc-sync',
    role: 'files',
    service: 'drive',
    every: [90 * MINUTE, 3 * HOUR],
    bytes: 8e6,
    agent: 'rclone/v1.69.1',
    path: '/company/sync/state.json',
  },
  {
    name: 'svc-mailer',
    role: 'edge',
    service: 'mail',
    every: [2 * HOUR, 4 * HOUR],
    bytes: 0,
    agent: 'python-requests/2.32.3',
  },
  { name: 'svc-inventory', role: 'tools', service: 'sshd', every: [8 * HOUR, 12 * HOUR], bytes: 0 },
  {
    name: 'svc-crm-export',
    role: 'compute',
    service: 'crm',
    every: [6 * HOUR, 8 * HOUR],
    bytes: 3e6,
    agent: 'Go-http-client/2.0',
  },
  {
    name: 'svc-ci',
    role: 'build',
    service: 'git',
    every: [40 * MINUTE, 2 * HOUR],
    bytes: 900e3,
    agent: 'git/2.47.1',
    window: [5, 22],
  },
]

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function drawKey(random: Random): string {
  let key = 'SHA256:'
  for (let i = 0; i < 43; i++) key += BASE64.charAt(random.integer(64))
  return key
}

/** About one service account for 25 people; each office runs some of the jobs. */
export function drawServices(
  random: Random,
  offices: readonly Office[],
  hosts: ReadonlyMap<string, string>,
  users: number,
  span: { first: number; last: number },
): ServiceAccount[] {
  const services: ServiceAccount[] = []
  const wanted = Math.max(3, Math.round(users / 25))
  for (let n = 0; n < wanted; n++) {
    const job = JOBS[n % JOBS.length] as Job
    const own = random.split(n)
    const office = offices[Math.floor(n / JOBS.length) % offices.length] as Office
    const targets = [...hosts.keys()].filter((name) => name.startsWith(`${job.role}-${office.code}`))
    const keys: Since<string>[] = [{ from: Number.NEGATIVE_INFINITY, value: drawKey(own) }]
    if (chance(own, 0.012 * (span.last - span.first))) {
      keys.push({ from: whole(own, span.first, span.last), value: drawKey(own) })
    }
    const service: ServiceAccount = {
      name: n < JOBS.length ? job.name : `${job.name}-${office.code}`,
      random: own,
      from: `10.${10 + office.index}.2.${20 + n}`,
      host: targets.length > 0 ? pick(own, targets) : ([...hosts.keys()][0] as string),
      service: job.service,
      keys,
      every: between(own, job.every[0], job.every[1]),
      phase: own.next(),
      bytes: job.bytes,
    }
    if (job.agent !== undefined) service.agent = job.agent
    if (job.path !== undefined) service.path = job.path
    if (job.window !== undefined) service.window = job.window
    services.push(service)
  }
  return services
}
