/** New devices, strange places, strange hours, with nothing behind them. */
import { allHosts, device } from '../people.js'
import { appSession, ask, fileBurst, put, sshSession, usualBytes } from '../steps.js'
import { at, homeNet, isFree, officeNet, planOf, present } from '../whereabouts.js'
import { CITIES, city, DAY, HOUR, MINUTE, operatorsOf } from '../world.js'
import { desk, traveller, workday } from './choose.js'

export const PLACES = {
  /** A new telephone: another device at once, in the known places, and it stays. */
  new_phone(w, d) {
    const day = d.int(3, w.days - 3)
    const p = desk(w, day, d, (q) => q.phone && present(q, day))
    const held = device(d, d.pick(['iphone', 'android']), `PH-${d.int(1, 1e6).toString(36)}`)
    const onTrip = d.chance(0.3)
    const where = onTrip ? city(d.pick([...CITIES.keys()])) : null
    for (let k = day; k < Math.min(w.days, day + 12); k++) {
      for (let i = 1 + d.poisson(1.5); i > 0; i--) {
        const net =
          onTrip && k < day + 3
            ? w.book.line(operatorsOf(where.country)[0][0], where.name, 7, 9)
            : d.chance(0.6)
              ? homeNet(w, p, k)
              : w.book.mobile(p.country, operatorsOf(p.country)[1][0])
        put(w, {
          f: 'sso',
          t: at(w, k, d.between(7, 23), city(p.site)),
          user: p.name,
          dept: p.department,
          net,
          agent: held.agent(k),
          app: d.pick(['mail', 'chat', 'calendar']),
          ok: true,
          method: k === day ? 'mfa' : 'sso',
          tag: 'new_phone',
        })
      }
    }
  },
  /** A replaced laptop, unpacked at home or at the office; its agent and name are new. */
  new_laptop(w, d) {
    const day = workday(w, d)
    const p = desk(w, day, d)
    const plan = planOf(w, d, p, day)
    const held = device(d, d.pick(['windows', 'mac', 'linux']), `NV-${d.int(1, 1e7).toString(36).toUpperCase()}`)
    for (let k = day; k < Math.min(w.days, day + 7); k++) {
      if (isFree(w, k) || !present(p, k)) continue
      const net = d.chance(0.5) ? homeNet(w, p, k) : officeNet(w, p)
      put(w, {
        f: 'win',
        t: plan.begin + (k - day) * DAY,
        user: p.name,
        host: held.id,
        ok: true,
        act: 'logon',
        tag: 'new_laptop',
      })
      for (let i = d.int(2, 5); i > 0; i--)
        appSession(
          w,
          d,
          p,
          plan.begin + (k - day) * DAY + d.between(0, 7) * HOUR,
          net,
          held.agent(k),
          d.pick(p.apps),
          plan.end + (k - day) * DAY,
          'new_laptop',
        )
    }
  },
  /** Somebody else's computer in a hotel lobby, once. */
  borrowed_computer(w, d) {
    const found = traveller(w, d, () => true)
    if (!found) return
    const { p, day } = found
    const where = found.trip.city
    const net = w.book.line(d.pick(operatorsOf(where.country)[0]), where.name)
    const agent = device(d, 'windows', 'x').agent(day - 30)
    const t = at(w, day, d.between(8, 21), where)
    ask(
      w,
      d,
      {
        f: 'sso',
        t,
        user: p.name,
        dept: p.department,
        net,
        agent,
        app: 'mail',
        method: 'mfa',
        tag: 'borrowed_computer',
      },
      p,
    )
    if (d.chance(0.6))
      put(w, {
        f: 'sso',
        t: t + 6 * MINUTE,
        user: p.name,
        dept: p.department,
        net,
        agent,
        app: 'travel',
        ok: true,
        method: 'sso',
        tag: 'borrowed_computer',
      })
  },
  /** The pager at night: known person, known home, strange hours, hosts that burn. */
  on_call(w, d) {
    const day = d.int(2, w.days - 2)
    const p = desk(w, day, d, (q) => q.department === 'it')
    const t = at(w, day, d.between(0, 5), city(p.site))
    const ip = `10.250.${d.int(0, 3)}.${d.int(2, 254)}`
    put(w, { f: 'vpn', t, user: p.name, net: homeNet(w, p, day), ok: true, method: 'mfa', tag: 'on_call' })
    for (let i = d.int(2, 7); i > 0; i--)
      sshSession(
        w,
        d,
        p,
        t + i * d.between(2, 20) * MINUTE,
        ip,
        d.chance(0.6) && p.hosts.length ? d.pick(p.hosts) : d.pick(allHosts()),
        d.int(1, 4),
        'on_call',
      )
  },
  /** A deadline: the night before it, from the usual place, the usual folders. */
  deadline(w, d) {
    const day = workday(w, d)
    const p = desk(w, day, d, (q) => q.rhythm === 'office')
    const t = at(w, day, d.between(21, 26), city(p.site))
    const net = homeNet(w, p, day)
    for (let i = d.int(3, 9); i > 0; i--)
      appSession(
        w,
        d,
        p,
        t + d.between(0, 3.5) * HOUR,
        net,
        p.laptop.agent(day),
        d.pick(p.apps),
        t + 4 * HOUR,
        'deadline',
      )
    fileBurst(w, d, p, t + HOUR, `10.250.1.${d.int(2, 250)}`, p.shares[0], d.int(3, 14), usualBytes, 'deadline')
  },
  /** A telephone that stays at home goes on asking while its owner lands elsewhere. */
  telephone_at_home(w, d) {
    const found = traveller(w, d, (q) => q.phone)
    if (!found) return
    const { p, trip, day } = found
    for (let i = d.int(4, 9); i > 0; i--) {
      const t = at(w, day, d.between(8, 20), trip.city)
      put(w, {
        f: 'sso',
        t,
        user: p.name,
        dept: p.department,
        net: homeNet(w, p, day),
        agent: p.phone.agent(day),
        app: d.pick(['mail', 'chat', 'calendar']),
        ok: true,
        act: 'token',
        method: 'token',
        tag: 'telephone_at_home',
      })
    }
  },
  /** One address that the data puts on another continent until they correct it. */
  wrong_location(w, d) {
    const day = d.int(3, w.days - 5)
    const p = desk(w, day, d, (q) => q.home.lease !== 'six')
    const { ip } = homeNet(w, p, day)
    const from = w.start + day * DAY
    w.mislocated.set(ip, { from, until: from + d.int(1, 4) * DAY, where: city(d.pick([...CITIES.keys()])) })
  },
}
