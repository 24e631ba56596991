/** Single acts. A record is one future line: { t, f (form), user, … }; `tag` names a look-alike, `camp` a campaign. */
import { hash } from './random.js'
import { MINUTE } from './world.js'

export const put = (w, record) => w.events.push(record)

/** One password asked for: wrong a few times, seldom given up. Returns false where nobody got in. */
export function ask(w, d, record, p, nervous = 1) {
  let t = record.t
  if (d.chance(p.clumsy * nervous)) {
    const wrong = Math.min(7, 1 + d.geometric(0.62))
    for (let i = 0; i < wrong; i++) {
      put(w, { ...record, t, ok: false, why: 'bad_password' })
      t += d.between(3, 25) * 1000
    }
    if (d.chance(0.05)) return false
  }
  put(w, { ...record, t, ok: true })
  return true
}

/** One use of an application from first page to the last renewed token. */
export function appSession(w, d, p, t, net, agent, app, until, tag) {
  const base = { f: 'sso', user: p.name, dept: p.department, net, agent, app, tag }
  const interactive = d.chance(0.3)
  if (interactive) ask(w, d, { ...base, t, method: d.chance(0.5) ? 'mfa' : 'password' }, p)
  else put(w, { ...base, t, ok: true, method: 'sso' })
  let next = t
  for (;;) {
    next += d.between(55, 80) * MINUTE
    if (next > until || !d.chance(0.72)) return
    put(w, { ...base, t: next, ok: true, act: 'token', method: 'token' })
  }
}

export function fileBurst(w, d, p, t, ip, share, n, bytes, tag, folder = hash(p.name) % 9) {
  for (let i = 0; i < n; i++) {
    const write = d.chance(0.3)
    const name = `/${share}/${['2023', '2024', '2025', 'archive', 'drafts', 'common', 'team-a', 'team-b', 'templates'][d.chance(0.7) ? folder : d.int(0, 8)]}/doc-${d.zipf(400, 0.9)}.${d.pick(['xlsx', 'docx', 'pdf', 'dwg', 'csv'])}`
    put(w, {
      f: 'file',
      t,
      user: p.name,
      dept: p.department,
      ip,
      host: 'file-01.nordvik.example',
      share,
      path: name,
      write,
      bytes: Math.round(bytes(d)),
      ok: !d.chance(0.006),
      why: 'access_denied',
      tag,
    })
    t += d.exponential(40_000)
  }
  return t
}

const COMMANDS = [
  'systemctl restart nginx',
  'journalctl -u app',
  'apt-get upgrade',
  'tail -f /var/log/syslog',
  'docker ps',
  'vi /etc/hosts',
  'systemctl status postgresql',
  'du -sh /var',
]
export const usualBytes = (d) => d.lognormal(180_000, 1.9)

export function sshSession(w, d, p, t, ip, host, sudo, tag, command) {
  const base = { f: 'ssh', t, user: p.name, ip, host, tag }
  const byKey = hash(p.name) % 10 < 7
  if (byKey) put(w, { ...base, ok: true, method: 'publickey', key: p.key })
  else if (!ask(w, d, { ...base, method: 'password' }, p)) return
  for (let i = 0; i < sudo; i++) {
    t += d.between(20, 400) * 1000
    put(w, {
      f: 'sudo',
      t,
      user: p.name,
      ip,
      host,
      cmd: command ?? COMMANDS[(hash(p.name) + d.zipf(5)) % COMMANDS.length],
      ok: !d.chance(0.03),
      why: 'bad_password',
      tag,
    })
  }
}
