/** Records as ECS lines. Each system writes ECS in its own way, as systems do. */
const stamp = (t) => new Date(t).toISOString()

function geo(net) {
  if (!net.where || net.unlocated) return {}
  const { country, name, lat, lon } = net.where
  return { geo: { country_iso_code: country, city_name: name, location: { lat, lon } } }
}
const source = (net) => ({
  ip: net.ip,
  ...geo(net),
  ...(net.as ? { as: { number: net.as[0], organization: { name: net.as[1] } } } : {}),
})
const outcome = (r) => (r.ok ? { outcome: 'success' } : { outcome: 'failure', reason: r.why })

const FORMS = {
  sso: (r, id) => ({
    '@timestamp': stamp(r.t),
    ecs: { version: '8.17.0' },
    event: {
      id,
      kind: 'event',
      category: ['authentication'],
      type: ['start'],
      action: r.act === 'token' ? 'token_refresh' : 'user_login',
      dataset: 'idp.signin',
      ...outcome(r),
    },
    user: { name: r.user, ...(r.dept ? { department: r.dept } : {}) },
    source: source(r.net),
    ...(r.agent ? { user_agent: { original: r.agent } } : {}),
    service: { name: r.app },
    authentication: { method: r.method },
  }),
  vpn: (r, id) => {
    const flat = {
      '@timestamp': stamp(r.t),
      'event.id': id,
      'event.category': ['authentication'],
      'event.type': ['start'],
      'event.action': 'vpn-connect',
      'event.module': 'vpn',
      'event.outcome': r.ok ? 'success' : 'failure',
      'user.name': r.user,
      'source.ip': r.net.ip,
      'service.name': 'vpn',
      'host.name': 'vpn-gw.nordvik.example',
    }
    if (!r.ok) flat['event.reason'] = r.why
    if (r.net.where)
      Object.assign(flat, {
        'source.geo.country_iso_code': r.net.where.country,
        'source.geo.city_name': r.net.where.name,
        'source.geo.location': `${r.net.where.lat},${r.net.where.lon}`,
      })
    if (r.net.as) Object.assign(flat, { 'source.as.number': r.net.as[0], 'source.as.organization.name': r.net.as[1] })
    return flat
  },
  win: (r, id) => ({
    '@timestamp': stamp(r.t),
    event: {
      id,
      code: r.ok ? '4624' : '4625',
      category: ['authentication'],
      type: ['start'],
      action: r.act === 'unlock' ? 'workstation-unlock' : 'logged-in',
      provider: 'Microsoft-Windows-Security-Auditing',
      ...outcome(r),
    },
    user: { name: r.user },
    host: { name: r.host, os: { type: 'windows' } },
    ...(r.ip ? { source: { ip: r.ip } } : {}),
    winlog: { logon: { type: r.act === 'unlock' ? 'Unlock' : 'Interactive' } },
  }),
  ssh: (r, id) => ({
    '@timestamp': stamp(r.t),
    event: {
      id,
      category: ['authentication'],
      type: ['start'],
      action: 'ssh_login',
      dataset: 'system.auth',
      ...outcome(r),
    },
    user: { name: r.user },
    host: { name: r.host },
    process: { name: 'sshd' },
    source: r.net ? source(r.net) : { ip: r.ip },
    system: { auth: { ssh: { method: r.method, ...(r.key ? { signature: r.key } : {}) } } },
  }),
  sudo: (r, id) => ({
    '@timestamp': stamp(r.t),
    event: { id, category: ['session'], type: ['start'], action: 'sudo', dataset: 'system.auth', ...outcome(r) },
    user: { name: r.user, effective: { name: 'root' } },
    host: { name: r.host },
    process: { name: 'sudo', command_line: r.cmd },
  }),
  iam: (r, id) => ({
    '@timestamp': stamp(r.t),
    event: { id, category: ['iam'], type: ['group', 'change'], action: r.act, ...outcome(r) },
    user: { name: r.user, target: { name: r.target } },
    group: { name: r.group },
    service: { name: 'admin-console' },
    ...(r.net ? { source: source(r.net) } : {}),
  }),
  file: (r, id) => ({
    '@timestamp': stamp(r.t),
    event: {
      id,
      category: ['file'],
      type: [r.write ? 'change' : 'access'],
      action: r.write ? 'file-write' : 'file-read',
      dataset: 'smb.audit',
      ...outcome(r),
    },
    user: { name: r.user, ...(r.dept ? { department: r.dept } : {}) },
    source: { ip: r.ip ?? r.net?.ip, ...(r.write ? { bytes: r.bytes } : {}) },
    destination: r.write ? {} : { bytes: r.bytes },
    host: { name: r.host },
    file: { path: r.path },
  }),
}

export const line = (record, id) => JSON.stringify(FORMS[record.f](record, id))
