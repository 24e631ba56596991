/** Failures that are nobody's attack. */
import { allHosts, hostsOf } from '../people.js'
import { ask, put } from '../steps.js'
import { at, homeNet, innerAddress, isFree, officeNet, planOf, present } from '../whereabouts.js'
import { city, DAY, HOUR, MINUTE } from '../world.js'
import { desk, workday } from './choose.js'

export const PASSWORDS = {
  /** The telephone's mail keeps the old password after a change and asks for hours. */
  stale_password(w, d) {
    const day = workday(w, d)
    const p = desk(w, day, d, (q) => q.phone)
    const plan = planOf(w, d, p, day)
    let t = plan.begin + d.between(0.2, 4) * HOUR
    const net = d.chance(0.5) ? homeNet(w, p, day) : w.book.mobile(p.country)
    for (let i = d.int(15, 120); i > 0; i--) {
      put(w, {
        f: 'sso',
        t,
        user: p.name,
        dept: p.department,
        net,
        agent: p.phone.form === 'iphone' ? 'Apple-iPhone14C2/2208.102' : 'Android-Mail/2025.08.03',
        app: 'mail',
        ok: false,
        why: 'bad_password',
        method: 'password',
        tag: 'stale_password',
      })
      t += d.between(2, 11) * MINUTE
    }
    put(w, {
      f: 'sso',
      t,
      user: p.name,
      dept: p.department,
      net,
      agent: p.phone.agent(day),
      app: 'mail',
      ok: true,
      method: 'mfa',
      tag: 'stale_password',
    })
  },
  /** A job whose password ran out fails at its usual minute until somebody looks. */
  expired_job(w, d) {
    const day = workday(w, d)
    const user = d.pick(['svc-ci', 'svc-deploy', 'svc-report', 'svc-labsync'])
    let t = w.start + day * DAY + d.between(0, 20) * HOUR
    const every = d.pick([1, 5, 10]) * MINUTE
    for (let i = d.int(30, 160); i > 0; i--) {
      put(w, {
        f: 'ssh',
        t,
        user,
        ip: '10.9.0.22',
        host: hostsOf('build')[2],
        ok: false,
        why: 'expired',
        method: 'password',
        tag: 'expired_job',
      })
      t += every + d.between(0, 900)
    }
  },
  /** Forgotten after the holidays: many tries, the help desk, then in. */
  forgotten(w, d) {
    const day = workday(w, d)
    const p = desk(w, day, d)
    const plan = planOf(w, d, { ...p, remote: 0 }, day)
    const ip = innerAddress(d, p, day, plan)
    let t = plan.begin
    for (let i = d.int(5, 16); i > 0; i--) {
      put(w, {
        f: 'win',
        t,
        user: p.name,
        host: p.laptop.id,
        ip,
        ok: false,
        why: 'bad_password',
        act: 'logon',
        tag: 'forgotten',
      })
      t += d.between(5, 70) * 1000
    }
    put(w, {
      f: 'win',
      t: t + d.between(5, 40) * MINUTE,
      user: p.name,
      host: p.laptop.id,
      ip,
      ok: true,
      act: 'logon',
      tag: 'forgotten',
    })
  },
  /** The directory is down for some minutes: everybody at one office fails at once, from its one address. */
  directory_outage(w, d) {
    const day = workday(w, d)
    const site = d.pick(['Utrecht', 'Eindhoven', 'Katowice'])
    const there = w.people.filter((p) => p.site === site && p.laptop && present(p, day))
    const from = at(w, day, d.between(9, 15), city(site))
    for (const p of d.sample(there, d.int(12, 45))) {
      let t = from + d.u() * 14 * MINUTE
      for (let i = d.int(1, 4); i > 0; i--) {
        put(w, {
          f: 'sso',
          t,
          user: p.name,
          dept: p.department,
          net: officeNet(w, p),
          agent: p.laptop.agent(day),
          app: d.pick(p.apps),
          ok: false,
          why: 'directory_unavailable',
          method: 'password',
          tag: 'directory_outage',
        })
        t += d.between(10, 90) * 1000
      }
    }
  },
  /** Passwords of a whole department run out in one week. */
  password_week(w, d) {
    const from = workday(w, d)
    const department = d.pick(['production', 'sales', 'engineering', 'support', 'finance'])
    for (const p of w.people.filter((q) => q.department === department && q.laptop)) {
      const day = from + d.int(0, 4)
      if (!present(p, day) || isFree(w, day)) continue
      const plan = planOf(w, d, p, day)
      const base = {
        f: 'sso',
        user: p.name,
        dept: p.department,
        net: plan.home ? homeNet(w, p, day) : officeNet(w, p),
        agent: p.laptop.agent(day),
        app: 'mail',
        method: 'password',
        tag: 'password_week',
      }
      const t = plan.begin + d.between(1, 90) * MINUTE
      for (let i = d.int(1, 6); i > 0; i--)
        put(w, { ...base, t: t + i * d.between(10, 200) * 1000, ok: false, why: 'expired' })
      put(w, { ...base, t: t + 21 * MINUTE, ok: true, method: 'mfa' })
    }
  },
  /** The security team's own scanner knocks everywhere with the names that scanners know. */
  scanner(w, d) {
    const day = d.int(2, w.days - 2)
    let t = w.start + day * DAY + d.between(19, 27) * HOUR
    for (const host of d.sample(allHosts(), d.int(20, 45))) {
      for (const user of d.sample(['root', 'admin', 'test', 'guest', 'oracle', 'svc-scanner'], d.int(1, 4))) {
        put(w, {
          f: 'ssh',
          t,
          user,
          ip: '10.9.0.66',
          host,
          ok: user === 'svc-scanner',
          why: user === 'svc-scanner' ? undefined : 'unknown_user',
          method: 'password',
          tag: 'scanner',
        })
        t += d.between(200, 4000)
      }
    }
  },
  /** A room full of trainees, one address, first tries. */
  training_room(w, d) {
    const day = workday(w, d)
    const t0 = at(w, day, d.pick([9, 13]), city('Katowice'))
    for (const p of d.sample(
      w.people.filter((q) => q.site === 'Katowice' && present(q, day)),
      d.int(8, 20),
    )) {
      ask(
        w,
        d,
        {
          f: 'sso',
          t: t0 + d.exponential(4 * MINUTE),
          user: p.name,
          dept: p.department,
          net: w.book.exit([5617, 'Orange Polska Spolka Akcyjna'], 'Katowice', 133),
          agent: w.kioskAgent(day),
          app: 'learning',
          method: 'password',
          tag: 'training_room',
        },
        { clumsy: 0.5 },
      )
    }
  },
  /** A programme moves to another directory and plays in a list of names that has aged. */
  migration(w, d) {
    const day = workday(w, d)
    let t = at(w, day, d.between(10, 16), city('Utrecht'))
    for (let i = d.int(25, 70); i > 0; i--) {
      const known = d.chance(0.4)
      put(w, {
        f: 'sso',
        t,
        user: known ? d.pick(w.people).name : `${d.pick(w.people).name}${d.int(1, 9)}`,
        net: w.book.exit([1136, 'KPN B.V.'], 'Utrecht', 61),
        agent: 'Java/17.0.12',
        app: 'learning',
        ok: false,
        why: known ? 'bad_password' : 'unknown_user',
        method: 'password',
        tag: 'migration',
      })
      t += d.between(300, 3000)
    }
  },
}
