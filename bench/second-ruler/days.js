/** What people do on ordinary days. */

import { internetDay, machineDay } from './machines.js'
import { mailAgent, OFFICE_AGENT } from './people.js'
import { appSession, ask, fileBurst, put, sshSession, usualBytes } from './steps.js'
import {
  at,
  homeNet,
  innerAddress,
  isFree,
  laptopNet,
  officeNet,
  phoneNet,
  planOf,
  SITES,
  tripOf,
  weekday,
} from './whereabouts.js'
import { HOUR, MINUTE } from './world.js'

/** An ordinary day of somebody with a desk. */
function deskDay(w, d, p, day) {
  const plan = planOf(w, d, p, day)
  const ip = innerAddress(d, p, day, plan)
  const rested = p.back === day ? 5 : weekday(w, day) === 1 ? 1.7 : 1
  const work = p.work * p.scale
  const within = () =>
    plan.begin + (plan.end - plan.begin) * (d.chance(0.85) ? d.u() : Math.max(0, Math.min(1, d.normal(0.2, 0.1))))
  const stationLogon = {
    f: 'win',
    user: p.name,
    dept: p.department,
    host: p.laptop.id,
    ip: plan.home || plan.trip ? undefined : ip,
  }
  ask(w, d, { ...stationLogon, t: plan.begin, method: 'password', act: 'logon' }, p, rested)
  for (let i = d.poisson(1.3 * Math.min(2, work)); i > 0; i--)
    ask(w, d, { ...stationLogon, t: within(), method: 'password', act: 'unlock' }, p, 0.5)
  if ((plan.home || plan.trip) && !(p.gated && d.chance(0.8))) {
    for (let i = d.poisson(0.5); i >= 0; i--) {
      const net = plan.trip ? plan.trip.net : homeNet(w, p, day)
      ask(
        w,
        d,
        {
          f: 'vpn',
          t: i === 0 ? plan.begin + d.between(1, 9) * MINUTE : within(),
          user: p.name,
          net,
          method: 'mfa',
          inner: ip,
        },
        p,
        rested,
      )
    }
  }
  const net = laptopNet(w, d, p, day, plan)
  for (let i = 1 + d.poisson(2.2 * work); i > 0; i--) {
    const app = p.apps[d.zipf(p.apps.length, 1.0)]
    const agent = app === 'mail' && p.laptop.form === 'windows' && d.chance(0.6) ? OFFICE_AGENT : p.laptop.agent(day)
    appSession(w, d, p, within(), d.chance(0.93) ? net : laptopNet(w, d, p, day, plan), agent, app, plan.end)
  }
  for (let i = d.poisson(0.9 * work); i > 0; i--)
    fileBurst(w, d, p, within(), ip, p.shares[d.zipf(p.shares.length, 1.4)], 1 + d.geometric(0.35), usualBytes)
  if (p.hosts.length > 0) {
    for (let i = d.poisson(1.4 * work); i > 0; i--)
      sshSession(w, d, p, within(), ip, p.hosts[d.zipf(p.hosts.length, 1.2)], d.poisson(p.sudo * 0.9))
  }
  if (d.chance(p.evening)) {
    const t = plan.end + d.between(1.5, 4.5) * HOUR
    for (let i = d.int(1, 3); i > 0; i--)
      appSession(
        w,
        d,
        p,
        t + d.between(0, 1) * HOUR,
        plan.trip ? plan.trip.net : homeNet(w, p, day),
        p.laptop.agent(day),
        p.apps[d.zipf(p.apps.length)],
        t + 2 * HOUR,
      )
  }
  return plan
}

/** The shop floor: shared stations, several people a day at one address, shifts that rotate. */
function floorDay(w, d, p, day) {
  const plan = planOf(w, d, { ...p, remote: 0 }, day)
  const site = SITES.indexOf(p.site)
  for (let i = d.int(2, 5); i > 0; i--) {
    const t = plan.begin + (plan.end - plan.begin) * d.u()
    const k = d.int(1, 5)
    const station = {
      f: 'win',
      user: p.name,
      dept: p.department,
      host: `KIOSK-${site}${k}`,
      ip: `10.${40 + site}.0.${k + 10}`,
      method: 'password',
      act: 'logon',
    }
    if (!ask(w, d, { ...station, t }, p)) continue
    if (d.chance(0.7))
      put(w, {
        f: 'sso',
        t: t + d.between(5, 40) * 1000,
        user: p.name,
        dept: p.department,
        net: officeNet(w, { ...p, name: 'k' }),
        agent: w.kioskAgent(day),
        app: p.apps[d.zipf(Math.min(4, p.apps.length))],
        ok: true,
        method: 'password',
      })
    if (d.chance(0.12))
      fileBurst(w, d, p, t + MINUTE, station.ip, 'plant', d.int(1, 3), (x) => x.lognormal(60_000, 1.2))
  }
  return plan
}

function phoneDay(w, d, p, day, plan) {
  for (const held of [p.phone, p.tablet]) {
    if (!held) continue
    for (let i = d.poisson(held === p.phone ? 2.1 : 0.6); i > 0; i--) {
      const t = at(
        w,
        day,
        d.weighted([
          [d.between(6.5, 23), 9],
          [d.between(0, 6.5), 1],
        ]),
        plan.place,
      )
      const net = phoneNet(w, d, p, day, t, plan)
      const background = held === p.phone && d.chance(0.6)
      put(w, {
        f: 'sso',
        t,
        user: p.name,
        dept: p.department,
        net,
        agent: background ? mailAgent(held.form) : held.agent(day),
        app: d.weighted([
          ['mail', 6],
          ['chat', 3],
          ['calendar', 1],
        ]),
        ok: true,
        act: background ? 'token' : 'login',
        method: background ? 'token' : 'sso',
      })
    }
  }
}

function personDay(w, d, p, day) {
  if (day < p.first || day > p.last || p.travel.has(day)) return
  const off =
    p.away.has(day) ||
    (p.rhythm !== 'shifts' && p.rhythm !== 'rota' && isFree(w, day)) ||
    (isFree(w, day) && d.chance(0.6))
  if (!off) {
    const plan = (p.laptop ? deskDay : floorDay)(w, d, p, day)
    phoneDay(w, d, p, day, plan)
    return
  }
  const plan = { ...planOf(w, d, p, day), begin: 0, end: 0, home: true }
  // On a long absence the telephone is silent too: otherwise nothing sleeps.
  if (p.back !== undefined && p.away.has(day) && day < p.back) return
  if (p.phone && d.chance(0.55)) phoneDay(w, d, { ...p, tablet: d.chance(0.3) ? p.tablet : null }, day, plan)
  if (p.laptop && !p.away.has(day) && d.chance(p.weekend)) {
    const t = at(w, day, d.between(9, 20), plan.place)
    for (let i = d.int(1, 3); i > 0; i--)
      appSession(
        w,
        d,
        p,
        t + d.between(0, 90) * MINUTE,
        plan.trip ? plan.trip.net : homeNet(w, p, day),
        p.laptop.agent(day),
        p.apps[d.zipf(p.apps.length)],
        t + 3 * HOUR,
      )
  }
}

export function ordinaryDays(w) {
  for (let day = 0; day < w.days; day++) {
    for (const p of w.people) {
      const before = w.events.length
      personDay(w, w.d.fork(`${p.name}:${day}`), p, day)
      const trip = tripOf(p, day)
      if (trip) for (const event of w.events.slice(before)) event.tag ??= trip.kind
    }
    machineDay(w, w.d.fork(`machines:${day}`), day)
    internetDay(w, w.d.fork(`internet:${day}`), day)
  }
}
