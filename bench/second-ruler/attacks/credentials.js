/** Campaigns against passwords, and with stolen ones. */

import { device, SHARES } from '../people.js'
import { at, present } from '../whereabouts.js'
import { city, DAY, HOUR, MINUTE, operatorsOf, PRIVACY } from '../world.js'
import {
  agentFor,
  attacked,
  browse,
  daytime,
  desk,
  FAR,
  guesses,
  inside,
  lair,
  level,
  neighbour,
  night,
  sso,
  steal,
  strangeHour,
  TOOLS,
  take,
  used,
} from './steps.js'

export const CREDENTIALS = {
  impossible_travel: {
    who: desk,
    run(w, a, p, day) {
      const seen = w.events.filter(
        (e) =>
          e.user === p.name &&
          e.f === 'sso' &&
          e.ok &&
          e.net?.where?.country === p.country &&
          e.t >= w.start + day * DAY &&
          e.t < w.start + (day + 1) * DAY,
      )
      if (seen.length === 0) return false
      take(a, p)
      const t = a.d.pick(seen).t + a.d.between(...level(a, [5, 60], [20, 90], [40, 140])) * MINUTE
      const c = level(a, city(a.d.pick(FAR)), neighbour(a, p, 900, 9000), neighbour(a, p, 700, 2500))
      const net =
        a.difficulty === 'loud' && a.d.chance(0.4)
          ? w.book.rented(a.d.pick(w.hosting))
          : w.book.line(a.d.pick(operatorsOf(c.country)[0]), c.name)
      browse(
        w,
        a,
        p,
        t,
        net,
        a.difficulty === 'subtle' ? p.laptop.agent(day) : agentFor(a, p, day),
        level(a, a.d.int(5, 12), a.d.int(3, 7), a.d.int(1, 3)),
        level(a, ['mail', 'drive', 'admin-console', 'hr-portal'], ['mail', 'drive', ...p.apps], p.apps),
      )
    },
  },
  off_hours: {
    who: (p) => desk(p) && p.evening < 0.1,
    run(w, a, p, day) {
      take(a, p)
      const { net } = inside(w, a, { ...p, remote: a.d.chance(0.5) ? 9 : 0 }, day)
      for (let k = 0; k < level(a, 2, 1, 1); k++) {
        const t = level(
          a,
          night(w, a, p, day + k),
          night(w, a, p, day),
          at(w, day, p.start + p.hours + a.d.between(4, 6), city(p.site)),
        )
        const end = browse(
          w,
          a,
          p,
          t,
          net,
          p.laptop.agent(day),
          level(a, a.d.int(6, 14), a.d.int(5, 9), a.d.int(3, 5)),
          level(a, [...p.apps, 'drive', 'hr-portal', 'ledger'], [...p.apps, 'drive'], p.apps),
        )
        steal(
          w,
          a,
          p,
          end,
          `10.250.2.${a.d.int(2, 250)}`,
          level(a, SHARES, p.shares, p.shares),
          level(a, a.d.int(10, 25), a.d.int(4, 9), a.d.int(0, 2)),
          4e5,
        )
      }
    },
  },
  repeated_failures: {
    who: (p) => p.laptop || p.phone,
    run(w, a, p, day) {
      attacked(a, 'user', p.name)
      const nets = Array.from({ length: level(a, 1, 2, 4) }, () => lair(w, a, p))
      guesses(
        w,
        a,
        p,
        strangeHour(w, a, p, day),
        nets,
        level(a, a.d.pick(TOOLS), agentFor(a, p, day), agentFor(a, p, day)),
        level(a, a.d.int(60, 260), a.d.int(18, 45), a.d.int(8, 14)),
        level(a, 12 * MINUTE, 55 * MINUTE, 7 * HOUR),
      )
    },
  },
  failures_then_success: {
    who: (p) => p.laptop,
    run(w, a, p, day) {
      take(a, p)
      const nets = Array.from({ length: level(a, 1, 2, 3) }, () => lair(w, a, p))
      const agent = agentFor(a, p, day)
      const end = guesses(
        w,
        a,
        p,
        strangeHour(w, a, p, day),
        nets,
        agent,
        level(a, a.d.int(40, 160), a.d.int(12, 30), a.d.int(5, 9)),
        level(a, 10 * MINUTE, 40 * MINUTE, 4 * HOUR),
      )
      browse(
        w,
        a,
        p,
        end + a.d.between(10, 200) * 1000,
        nets[0],
        agent,
        level(a, a.d.int(4, 9), a.d.int(3, 6), a.d.int(1, 3)),
        ['mail', 'drive', ...p.apps],
      )
    },
  },
  spray: {
    who: () => true,
    run(w, a, _p, day) {
      const there = w.people.filter((p) => present(p, day))
      const victims = a.d.sample(there, level(a, a.d.int(70, 180), a.d.int(25, 60), a.d.int(12, 20)))
      const someone = victims[0]
      const owner = a.d.pick(w.hosting)
      const nets = Array.from({ length: level(a, 1, 3, 6) }, () =>
        a.difficulty === 'subtle' ? lair(w, a, someone) : w.book.rented(owner, owner[2][0]),
      )
      const span = level(a, 11 * MINUTE, 100 * MINUTE, 9 * HOUR)
      const t0 = at(w, day, a.d.between(1, 15), city('Utrecht'))
      victims.forEach((p, i) => {
        attacked(a, 'user', p.name)
        for (let k = level(a, a.d.int(1, 2), 1, 1); k > 0; k--)
          sso(
            w,
            a,
            p,
            t0 + (span * (i + a.d.u())) / victims.length,
            a.d.pick(nets),
            level(a, TOOLS[0], TOOLS[3], device(a.d, 'windows').agent(day)),
            'mail',
            { ok: false, why: 'bad_password' },
          )
      })
      if (a.d.chance(0.4)) {
        const p = a.d.pick(victims)
        used(a, 'user', p.name)
        browse(w, a, p, t0 + span + MINUTE, nets[0], TOOLS[3], a.d.int(1, 4), ['mail', 'drive'])
      }
    },
  },
  stuffing: {
    who: () => true,
    run(w, a, _p, day) {
      const n = level(a, a.d.int(150, 380), a.d.int(60, 120), a.d.int(25, 40))
      const owners = a.d.sample([...w.hosting, ...PRIVACY], level(a, 1, 2, 5))
      const nets = Array.from({ length: level(a, 2, 6, 14) }, () => w.book.rented(a.d.pick(owners)))
      const span = level(a, 20 * MINUTE, 3 * HOUR, 12 * HOUR)
      const t0 = at(w, day, a.d.between(0, 11), city('Utrecht'))
      const there = w.people.filter((p) => present(p, day))
      for (let i = 0; i < n; i++) {
        const p = a.d.chance(0.3) ? a.d.pick(there) : null
        if (p) attacked(a, 'user', p.name)
        sso(
          w,
          a,
          p ?? { name: `${a.d.pick(there).name.slice(0, 5)}${a.d.int(60, 99)}` },
          t0 + (span * (i + a.d.u())) / n,
          a.d.pick(nets),
          level(a, TOOLS[1], device(a.d, 'windows').agent(day - 60), device(a.d, 'windows').agent(day)),
          a.d.pick(['mail', 'crm']),
          { ok: false, why: p ? 'bad_password' : 'unknown_user' },
        )
      }
      if (a.d.chance(0.6)) {
        const p = a.d.pick(there)
        take(a, p)
        browse(w, a, p, t0 + span, a.d.pick(nets), TOOLS[3], a.d.int(2, 5), ['mail', 'drive', 'crm'])
      }
    },
  },
  new_device_network: {
    who: desk,
    run(w, a, p, day) {
      take(a, p)
      const net = lair(w, a, p)
      const agent = agentFor(a, p, day)
      const end = browse(
        w,
        a,
        p,
        daytime(w, a, p, day),
        net,
        agent,
        level(a, a.d.int(6, 12), a.d.int(4, 8), a.d.int(2, 4)),
        level(a, ['mail', 'drive', 'hr-portal', 'banking'], ['mail', 'drive', ...p.apps], p.apps),
      )
      if (a.difficulty !== 'subtle' && a.d.chance(0.5))
        browse(w, a, p, end + a.d.between(2, 9) * HOUR, net, agent, a.d.int(2, 4), ['mail', 'drive'])
    },
  },
}
