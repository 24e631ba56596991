import { decode, encode } from '@heedful/detect/contracts/codec'
import type { Plain } from '@heedful/detect/contracts/plain'
import { describe, expect, it } from 'vitest'
import type { Alert } from './decide/alert.ts'
import { features } from './features/registry.ts'
import type { FoldMemory } from './fold-memory.ts'
import { Entities, type EntitiesState } from './memory/entities.ts'
import { type Conclusions, type Fold, openFold } from './pipeline.ts'
import type { Settings } from './settings.ts'

const START = Date.UTC(2026, 2, 2, 9)
const MINUTE = 60_000

const settings: Settings = {
  tenant: 'tenant',
  budgetPerDay: 20,
  warmupUntil: START,
  collectFrom: START,
  seed: 1,
  shards: 1,
}

const savedOf = (fold: Fold): FoldMemory => decode(encode(fold.save())) as unknown as FoldMemory

/** A fold over lines of one format, one a minute. */
function foldOf(format: string, lines: readonly string[], conclusions: Conclusions = {}): Fold {
  const fold = openFold(settings, { hash: 'none' }, conclusions)
  const door = { door: 1, name: 'test', format, timezone: 'UTC' }
  fold.step({ kind: 'activate', what: 'door', hash: '', content: JSON.stringify(door) }, 0)
  lines.forEach((line, i) => {
    const time = START + i * MINUTE
    fold.step({ kind: 'tick', time }, 2 * i + 1)
    fold.step({ kind: 'raw', door: 1, line, time, occurrence: 0 }, 2 * i + 2)
  })
  fold.step({ kind: 'tick', time: START + lines.length * MINUTE }, 2 * lines.length + 1)
  return fold
}

function entitiesOf(fold: Fold): Entities {
  const entities = new Entities('tenant', 1, features, {
    user: 10,
    host: 10,
    address: 10,
    network: 10,
    organisation: 1,
  })
  const { rest, parts } = savedOf(fold)
  const { packer, awake } = rest as unknown as Omit<EntitiesState, 'parts'>
  entities.load({ packer, parts, awake })
  return entities
}

const usersOf = (fold: Fold): string[] => [...entitiesOf(fold).resting('user')].map(({ id }) => id)

const groupOf = (fold: Fold, user: string): string | undefined => entitiesOf(fold).find('user', user)?.group

const ecs = (fields: Record<string, unknown>): string =>
  JSON.stringify({ '@timestamp': new Date(START).toISOString(), ...fields })

const LOGON = { 'event.category': ['authentication'], 'event.outcome': 'success', 'event.action': 'logon' }

describe('the journey', () => {
  it('gives equal lines of two doors ids of their own, and lines of one door the same ids whatever its number', () => {
    const idsOf = (doors: readonly { door: number; name: string }[]) => {
      const ids = new Map<string, string>()
      let now = ''
      const fold = openFold(settings, { hash: 'none' }, { verdict: ({ event }) => ids.set(now, event) })
      doors.forEach(({ door, name }, i) => {
        const content = JSON.stringify({ door, name, format: 'ecs-ndjson', timezone: 'UTC' })
        fold.step({ kind: 'activate', what: 'door', hash: '', content }, i)
      })
      const line = ecs({ ...LOGON, 'user.name': 'ada' })
      doors.forEach(({ door, name }, i) => {
        now = name
        fold.step({ kind: 'raw', door, line, time: START, occurrence: 0 }, doors.length + i)
      })
      return ids
    }
    const [vpn, mail] = ['vpn', 'mail']
    const ids = idsOf([
      { door: 1, name: vpn },
      { door: 2, name: mail },
    ])
    expect(ids.get(vpn)).toMatch(/^[0-9a-f]{32}$/)
    expect(ids.get(vpn)).not.toBe(ids.get(mail))
    const turned = idsOf([
      { door: 1, name: mail },
      { door: 2, name: vpn },
    ])
    expect(new Map([...turned].sort())).toEqual(new Map([...ids].sort()))
  })

  it('opens no memory of other features', () => {
    const saved = savedOf(foldOf('ecs-ndjson', [ecs({ ...LOGON, 'user.name': 'ada' })]))
    expect(() => openFold(settings, { hash: 'none' }, {}, saved)).not.toThrow()
    const rest = saved.rest as unknown as { features: string[] }
    const older = { ...saved, rest: { ...rest, features: rest.features.slice(1) } as unknown as Plain }
    expect(() => openFold(settings, { hash: 'none' }, {}, older)).toThrow('other features')
  })

  it('takes peers from who acts, not from whose account is changed', () => {
    const fold = foldOf('ecs-ndjson', [
      ecs({ ...LOGON, 'user.name': 'ada', 'labels.department': 'IT' }),
      ecs({
        'event.category': ['iam'],
        'event.action': 'password_reset',
        'event.outcome': 'success',
        'user.name': 'ada',
        'user.target.name': 'bob',
        'user.target.group.name': 'Sales',
      }),
    ])
    expect(groupOf(fold, 'ada')).toBe('IT')
  })

  it('takes the addresses of one /64 for one, and shows the first of them whole', () => {
    const spray = (addressOf: (i: number) => string) => {
      const alerts = new Map<string, Alert>()
      const lines = Array.from({ length: 40 }, (_, i) => {
        const minute = String(i).padStart(2, '0')
        return `Mar  2 09:${minute}:00 web1 sshd[${i}]: Failed password for invalid user name${i} from ${addressOf(i)} port 1 ssh2`
      })
      const fold = foldOf('auth-log', lines, { alert: (alert) => alerts.set(alert.id, structuredClone(alert)) })
      return { addresses: fold.summary().addresses, alerts: [...alerts.values()] }
    }
    const [one, other] = ['2001:db8:1:2:a::', '2001:db8:1:2:b::']
    const within = spray((i) => `${i % 2 === 0 ? one : other}${(i + 1).toString(16)}`)
    expect(within.addresses).toBe(1)
    expect(within.alerts).toHaveLength(1)
    const [alert] = within.alerts
    expect(alert?.entity.type).toBe('address')
    expect(alert?.entity.id).toMatch(/^2001:db8:1:2:[ab]::[0-9a-f]+$/)
    expect(alert?.eventsTotal).toBeGreaterThan(20)
    const apart = spray((i) => `2001:db8:${i.toString(16)}::1`)
    expect(apart.addresses).toBe(40)
    expect(apart.alerts).toEqual([])
    const rented = spray((i) => `2001:db8:1:${i.toString(16)}::1`)
    expect(rented.addresses).toBe(40)
    expect(rented.alerts, 'a network that guesses from all of its addresses is one story').toHaveLength(1)
    expect(rented.alerts[0]?.eventsTotal).toBeGreaterThan(10)
  })

  it('counts nobody who logged in after all among the names that never did', () => {
    const fold = foldOf('auth-log', [
      'Mar  2 09:00:00 web1 sshd[1]: Failed password for ada from 192.0.2.1 port 1 ssh2',
      'Mar  2 09:01:00 web1 sshd[2]: Failed password for invalid user admin from 192.0.2.2 port 1 ssh2',
      'Mar  2 09:02:00 web1 sshd[3]: Accepted password for ada from 192.0.2.1 port 1 ssh2',
    ])
    expect(fold.summary()).toMatchObject({ users: 1, strangers: 1 })
  })

  it('does not make a person of a name that only failed, when its account locks itself', () => {
    const fold = foldOf('auth-log', [
      'Mar  2 09:00:00 web1 sshd[1]: Accepted password for ada from 192.0.2.1 port 1 ssh2',
      'Mar  2 09:01:00 web1 sshd[2]: Failed password for invalid user constructor from 192.0.2.2 port 1 ssh2',
      'Mar  2 09:02:00 web1 sshd[2]: pam_faillock(sshd:auth): Consecutive login failures for user constructor account temporarily locked',
    ])
    expect(usersOf(fold)).toEqual(['ada'])
    expect(fold.summary().strangers).toBe(1)
  })
})
