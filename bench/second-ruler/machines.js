/** What logs in by itself: service accounts, and the internet at the two doors that face it. */

import { allHosts, hostsOf, SHARES } from './people.js'
import { hash } from './random.js'
import { fileBurst, put } from './steps.js'
import { isFree, OFFICE_LINE, weekday } from './whereabouts.js'
import { DAY, HOUR, MINUTE } from './world.js'

/** Machines that log in by themselves. They are a sixth of everything, as in any real log. */
export function machineDay(w, d, day) {
  const ssh = (user, t, ip, host, ok = true, why) =>
    put(w, { f: 'ssh', t, user, ip, host, ok, why, method: 'publickey', key: `SHA256:${hash(user).toString(36)}svc` })
  const midnight = w.start + day * DAY
  const fleet = allHosts()
  for (let m = 0; m < 24 * 60; m += 60)
    fleet
      .filter((_, i) => (i + m / 60) % 6 === 0)
      .forEach((host, i) => {
        ssh('svc-monitor', midnight + m * MINUTE + i * 1500 + d.int(0, 900), '10.9.0.5', host)
      })
  for (let m = 12; m < 24 * 60; m += d.int(18, 34))
    ssh('svc-ci', midnight + m * MINUTE + d.int(0, 59_999), '10.9.0.21', d.pick(hostsOf('build')))
  for (let hour = 0; hour < 24; hour++) {
    put(w, {
      f: 'sso',
      t: midnight + hour * HOUR + d.int(0, 4000),
      user: 'svc-erp-sync',
      net: w.book.exit(OFFICE_LINE.NL, 'Utrecht', 60),
      agent: 'axios/1.7.9',
      app: 'ledger',
      ok: !d.chance(0.01),
      why: 'timeout',
      act: 'token',
      method: 'token',
    })
    if (hour % 2 === 0)
      put(w, {
        f: 'sso',
        t: midnight + hour * HOUR + 9 * MINUTE + d.int(0, 50_000),
        user: 'svc-hr-feed',
        net: w.book.rented([8075, 'Microsoft Corporation', ['Dublin', 'Amsterdam']]),
        agent: 'python-requests/2.32.3',
        app: 'hr-portal',
        ok: true,
        act: 'token',
        method: 'token',
      })
  }
  SHARES.forEach((share, i) => {
    const full = weekday(w, day) === 6
    put(w, {
      f: 'file',
      t: midnight + 1.2 * HOUR + i * d.between(4, 14) * MINUTE,
      user: 'svc-backup',
      ip: '10.9.0.8',
      host: 'file-01.nordvik.example',
      share,
      path: `/${share}`,
      bytes: Math.round(d.lognormal(full ? 9e11 : 4e10, 0.5)),
      ok: !d.chance(0.01),
      why: 'locked',
      tag: 'backup',
    })
  })
  if (!isFree(w, day))
    for (let i = d.poisson(2); i > 0; i--)
      ssh('svc-deploy', midnight + d.between(8, 18) * HOUR, '10.9.0.22', d.pick([...hostsOf('web'), ...hostsOf('db')]))
  if (weekday(w, day) === 1)
    fileBurst(
      w,
      d,
      { name: 'svc-report', department: 'it' },
      midnight + 5 * HOUR,
      '10.9.0.30',
      'finance',
      12,
      (x) => x.lognormal(4e6, 0.5),
      'report',
    )
}

const OLD_NAMES =
  'admin root test oracle postgres ubuntu user guest ftp git deploy backup support info sales scan pi nagios jenkins www mysql administrator service demo vpn'.split(
    ' ',
  )
/** The noise of the internet at the two doors that face it. Nobody's campaign: it never stops and never gets in. */
export function internetDay(w, d, day) {
  for (let i = d.poisson(13); i > 0; i--) {
    const net = w.book.rented(d.pick(w.hosting))
    let t = w.start + day * DAY + d.u() * DAY
    const vpn = d.chance(0.4)
    for (let k = 1 + Math.min(9, d.geometric(0.3)); k > 0; k--) {
      const known = d.chance(0.03)
      const base = {
        t,
        user: known ? d.pick(w.people).name : d.pick(OLD_NAMES),
        net,
        ok: false,
        why: known ? 'bad_password' : 'unknown_user',
        tag: 'internet_noise',
        method: 'password',
      }
      put(w, vpn ? { ...base, f: 'vpn' } : { ...base, f: 'ssh', host: 'jump-01.nordvik.example' })
      t += d.exponential(4) * 1000 + 500
    }
  }
}
