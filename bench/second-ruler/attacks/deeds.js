/** Campaigns inside: data, rights, sleeping accounts, and chains of several of them. */

import { allHosts, hostsOf, SHARES } from '../people.js'
import { at, officeNet } from '../whereabouts.js'
import { city, HOUR, MINUTE } from '../world.js'
import {
  act,
  agentFor,
  attacked,
  browse,
  desk,
  foreign,
  guesses,
  inside,
  lair,
  level,
  night,
  SENSITIVE,
  sso,
  steal,
  strangeHour,
  take,
  used,
} from './steps.js'

export const DEEDS = {
  large_transfer: {
    who: desk,
    run(w, a, p, day) {
      take(a, p)
      for (let k = 0; k < level(a, 1, 1, 3); k++) {
        const { plan, ip } = inside(w, a, p, day + k)
        steal(
          w,
          a,
          p,
          plan.begin + a.d.between(1, 7) * HOUR,
          ip,
          level(a, [...p.shares, ...foreign(p, a.d, 1)], p.shares, p.shares),
          level(a, a.d.int(30, 70), a.d.int(14, 28), a.d.int(4, 7)),
          level(a, 3e8, 8e7, 2.5e7),
          0.8,
        )
      }
    },
  },
  unusual_resource: {
    who: desk,
    run(w, a, p, day) {
      take(a, p)
      for (let k = 0; k < level(a, 1, 1, 2); k++) {
        const { plan, ip } = inside(w, a, p, day + k)
        steal(
          w,
          a,
          p,
          plan.begin + a.d.between(1, 8) * HOUR,
          ip,
          foreign(p, a.d, level(a, 3, 2, 1)),
          level(a, a.d.int(18, 40), a.d.int(9, 16), a.d.int(2, 4)),
          3e5,
          1.2,
        )
      }
    },
  },
  first_privilege: {
    who: (p) =>
      desk(p) && p.sudo === 0 && (p.hosts.length > 0 || p.department === 'finance' || p.department === 'sales'),
    run(w, a, p, day) {
      take(a, p)
      const { ip, net } = inside(w, a, p, day)
      let t = strangeHour(w, a, p, day)
      const hosts = level(
        a,
        a.d.sample(allHosts(), 4),
        a.d.sample(allHosts(), 2),
        p.hosts.length ? [p.hosts[0]] : [a.d.pick(hostsOf('dev'))],
      )
      for (const host of hosts) {
        used(a, 'host', host)
        attacked(a, 'host', host)
        act(w, a, {
          f: 'ssh',
          t,
          user: p.name,
          ip,
          host,
          ok: true,
          method: level(a, 'password', 'password', 'publickey'),
          ...(a.difficulty === 'subtle' ? { key: p.key } : {}),
        })
        for (let i = level(a, a.d.int(3, 6), a.d.int(2, 4), a.d.int(1, 2)); i > 0; i--) {
          t += a.d.between(15, 120) * 1000
          act(w, a, {
            f: 'sudo',
            t,
            user: p.name,
            ip,
            host,
            cmd: a.d.pick([
              'cat /etc/shadow',
              'useradd -o -u 0 helper',
              '/bin/bash',
              'tar czf /tmp/x.tgz /srv',
              'crontab -e',
            ]),
            ok: !(a.difficulty !== 'subtle' && a.d.chance(0.3)),
            why: 'bad_password',
          })
        }
        t += a.d.between(2, 10) * MINUTE
      }
      if (a.difficulty === 'loud') {
        sso(w, a, p, t, net, p.laptop.agent(day), 'admin-console', { method: 'sso' })
        act(w, a, {
          f: 'iam',
          t: t + MINUTE,
          user: p.name,
          act: 'added-user-to-group',
          target: p.name,
          group: 'domain-admins',
          net,
          ok: true,
        })
      }
    },
  },
  dormant_account: {
    who: (p) => p.gone && !p.taken,
    run(w, a, p, day) {
      p.taken = true
      take(a, p)
      const net = a.difficulty === 'subtle' ? officeNet(w, p) : lair(w, a, p)
      let t = strangeHour(w, a, p, day)
      const agent = a.difficulty === 'subtle' ? (p.laptop?.agent(day) ?? w.kioskAgent(day)) : agentFor(a, p, day)
      if (a.difficulty !== 'subtle')
        t = guesses(w, a, p, t, [net], agent, level(a, a.d.int(3, 9), a.d.int(1, 3), 0), 5 * MINUTE)
      const end = browse(
        w,
        a,
        p,
        t,
        net,
        agent,
        level(a, a.d.int(5, 12), a.d.int(4, 7), a.d.int(2, 4)),
        level(a, ['mail', 'drive', 'hr-portal', 'ledger'], ['mail', 'drive', ...p.apps], p.apps),
      )
      if (a.difficulty !== 'subtle')
        steal(
          w,
          a,
          p,
          end,
          `10.250.3.${a.d.int(2, 250)}`,
          level(a, SHARES, [...p.shares, ...foreign(p, a.d, 1)], p.shares),
          level(a, 12, 5, 0),
          5e5,
        )
    },
  },
  takeover_and_theft: {
    who: desk,
    run(w, a, p, day) {
      take(a, p)
      const net = lair(w, a, p)
      const agent = agentFor(a, p, day)
      let t = strangeHour(w, a, p, day)
      if (a.difficulty !== 'subtle') t = guesses(w, a, p, t, [net], agent, level(a, 30, 8, 0), 15 * MINUTE)
      t = browse(w, a, p, t, net, agent, level(a, 6, 4, 2), ['mail', 'drive', ...p.apps])
      const later = t + level(a, 0.2, 3, 20) * HOUR
      act(w, a, { f: 'vpn', t: later, user: p.name, net, ok: true, method: 'password' })
      steal(
        w,
        a,
        p,
        later + 4 * MINUTE,
        `10.250.0.${a.d.int(2, 250)}`,
        level(a, SENSITIVE, [...foreign(p, a.d, 1), ...p.shares], p.shares),
        level(a, 40, 15, 6),
        level(a, 2e8, 4e7, 1e7),
      )
    },
  },
  insider_at_night: {
    who: (p) => desk(p) && p.evening < 0.1,
    run(w, a, p, day) {
      take(a, p)
      for (let k = 0; k < level(a, 2, 2, 1); k++) {
        const t = level(
          a,
          night(w, a, p, day + k),
          night(w, a, p, day + k),
          at(w, day + k, p.start + p.hours + a.d.between(3.5, 5.5), city(p.site)),
        )
        const { net } = inside(w, a, { ...p, remote: 9 }, day + k)
        browse(w, a, p, t, net, p.laptop.agent(day), level(a, 3, 2, 1), p.apps)
        steal(
          w,
          a,
          p,
          t + 10 * MINUTE,
          `10.250.1.${a.d.int(2, 250)}`,
          level(a, SENSITIVE, [...foreign(p, a.d, 1), ...p.shares], [...foreign(p, a.d, 1), ...p.shares, ...p.shares]),
          level(a, 30, 12, 4),
          level(a, 5e7, 1e7, 3e6),
        )
      }
    },
  },
  foothold_and_climb: {
    who: (p) => desk(p) && p.hosts.length > 0 && p.sudo === 0,
    run(w, a, p, day) {
      take(a, p)
      const net = lair(w, a, p)
      used(a, 'address', net.ip)
      let t = strangeHour(w, a, p, day)
      const ip = `10.250.0.${a.d.int(2, 250)}`
      for (let i = level(a, 12, 3, 0); i > 0; i--)
        act(w, a, { f: 'vpn', t: t + i * a.d.between(4, 40) * 1000, user: p.name, net, ok: false, why: 'bad_password' })
      t += 9 * MINUTE
      act(w, a, { f: 'vpn', t, user: p.name, net, ok: true })
      for (const host of [...a.d.sample(allHosts(), level(a, 8, 4, 1)), ...p.hosts.slice(0, 1)]) {
        used(a, 'host', host)
        attacked(a, 'host', host)
        const ok = a.d.chance(0.7)
        t += a.d.between(1, 12) * MINUTE
        act(w, a, {
          f: 'ssh',
          t,
          user: p.name,
          ip,
          host,
          ok,
          why: ok ? undefined : 'bad_password',
          method: 'password',
        })
        if (ok)
          for (let i = level(a, 2, 1, 1); i > 0; i--)
            act(w, a, {
              f: 'sudo',
              t: t + 40_000 * i,
              user: p.name,
              ip,
              host,
              cmd: a.d.pick(['/bin/bash', 'cat /etc/shadow', 'id']),
              ok: a.d.chance(0.6),
              why: 'bad_password',
            })
      }
    },
  },
}
