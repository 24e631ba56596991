/** Until the ECS source has landed: reads what the two rulers write. Deleted then. */
import { sources } from '@heedful/stream/sources/registry'

const g = (e, p) => e[p] ?? p.split('.').reduce((v, k) => v?.[k], e)
const CL = {
  authentication: 'authentication',
  session: 'authorize_session',
  iam: 'account_change',
  file: 'file_activity',
  web: 'application_activity',
}
if (!sources.has('ecs-ndjson'))
  sources.set('ecs-ndjson', {
    id: 'ecs-ndjson',
    title: 'x',
    sniff: () => 1,
    stamp: { year: false, zone: false },
    clock: () => ({
      read: (l) => {
        const m = /"@timestamp":"([^"]+)"/.exec(l)
        return m ? Date.parse(m[1]) : NaN
      },
      save: () => null,
    }),
    open: () => ({
      flush: () => [],
      save: () => null,
      parse(line, time, id, position) {
        const e = JSON.parse(line)
        const cat = g(e, 'event.category')?.[0]
        const u = (k) => {
          const v = { name: g(e, `${k}.name`) }
          if (v.name === undefined) return undefined
          const d = g(e, 'labels.department') ?? g(e, 'user.department')
          if (d) v.department = d
          return v
        }
        const ev = {
          id: g(e, 'event.id') ?? id,
          position,
          time,
          class: CL[cat] ?? 'other',
          activity:
            cat === 'file'
              ? g(e, 'event.type')?.[0] === 'change'
                ? 'update'
                : 'read'
              : cat === 'authentication'
                ? 'logon'
                : 'assign_privileges',
          status: g(e, 'event.outcome') ?? 'unknown',
          count: 1,
        }
        ev.user = u('user')
        const eff = u('user.effective') ?? u('user.target')
        if (eff) {
          ev.actor = ev.user
          ev.user = eff
        }
        const ip = g(e, 'source.ip')
        if (ip) {
          ev.srcEndpoint = { ip }
          const c = g(e, 'source.geo.country_iso_code')
          if (c) {
            let l = g(e, 'source.geo.location')
            if (typeof l === 'string') {
              const [a, b] = l.split(',').map(Number)
              l = { lat: a, lon: b }
            }
            ev.srcEndpoint.location = {
              country: c,
              city: g(e, 'source.geo.city_name'),
              latitude: l?.lat,
              longitude: l?.lon,
            }
          }
          const n = g(e, 'source.as.number')
          if (n) ev.srcEndpoint.autonomousSystem = { number: n, name: g(e, 'source.as.organization.name') }
        }
        const set = (k, p) => {
          const v = g(e, p)
          if (v !== undefined) ev[k] = v
        }
        const h = g(e, 'host.name')
        if (h) ev.dstEndpoint = { hostname: h }
        set('userAgent', 'user_agent.original')
        set('service', 'service.name')
        if (!ev.service) set('service', 'process.name')
        set('resource', 'file.path')
        set('command', 'process.command_line')
        set('bytesOut', 'destination.bytes')
        set('statusDetail', 'event.reason')
        set('authMethod', 'labels.auth_method')
        if (!ev.authMethod) set('authMethod', 'authentication.method')
        set('keyFingerprint', 'labels.key_fingerprint')
        if (!ev.authMethod) set('authMethod', 'system.auth.ssh.method')
        if (!ev.keyFingerprint) set('keyFingerprint', 'system.auth.ssh.signature')
        if (!ev.user) delete ev.user
        return { kind: 'events', events: [ev] }
      },
    }),
  })
