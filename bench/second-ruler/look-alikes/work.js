/** Much data, other folders, new rights, long silences: all of it work. */
import { hostsOf, SHARES } from '../people.js'
import { appSession, fileBurst, put, sshSession, usualBytes } from '../steps.js'
import { homeNet, innerAddress, isFree, officeNet, planOf, present } from '../whereabouts.js'
import { DAY, HOUR, MINUTE } from '../world.js'
import { desk, workday } from './choose.js'

export const WORK = {
  /** The end of the quarter, a film, a model: much more than usual, where one always works. */
  big_work(w, d) {
    const day = workday(w, d)
    const p = desk(w, day, d)
    const plan = planOf(w, d, p, day)
    fileBurst(
      w,
      d,
      p,
      plan.begin + d.between(0.5, 6) * HOUR,
      innerAddress(d, p, day, plan),
      p.shares[0],
      d.int(3, 22),
      (x) => x.lognormal(d.pick([3e7, 2e8, 1.5e9]), 0.7),
      'big_work',
    )
  },
  /** Everything is copied to the new machine in one afternoon. */
  whole_copy(w, d) {
    const day = workday(w, d)
    const p = desk(w, day, d)
    const plan = planOf(w, d, { ...p, remote: 0 }, day)
    fileBurst(
      w,
      d,
      p,
      plan.begin + 3 * HOUR,
      innerAddress(d, p, day, plan),
      p.shares[0],
      d.int(30, 70),
      (x) => x.lognormal(2e7, 1.2),
      'whole_copy',
    )
  },
  /** Two to five people begin to work in a share and on hosts that are new to them, and stay. */
  project(w, d) {
    const from = workday(w, d)
    const share = d.pick(SHARES)
    const team = d.sample(
      w.people.filter(
        (p) => p.laptop && present(p, from) && ['engineering', 'research', 'sales', 'support'].includes(p.department),
      ),
      d.int(2, 5),
    )
    const host = d.pick(hostsOf('dev'))
    for (let day = from; day < Math.min(w.days, from + d.int(6, 18)); day++) {
      if (isFree(w, day)) continue
      for (const p of team) {
        if (!present(p, day) || d.chance(0.3)) continue
        const plan = planOf(w, d, p, day)
        const ip = innerAddress(d, p, day, plan)
        fileBurst(w, d, p, plan.begin + d.between(0, 7) * HOUR, ip, share, d.int(1, 7), usualBytes, 'project', 6)
        if (p.hosts.length && d.chance(0.5))
          sshSession(w, d, p, plan.begin + d.between(0, 7) * HOUR, ip, host, 0, 'project')
      }
    }
  },
  /** The auditor reads a little of everything, once a quarter, and is allowed to. */
  audit(w, d) {
    const day = workday(w, d)
    const p = desk(w, day, d, (q) => q.department === 'finance')
    for (let k = day; k < Math.min(w.days, day + 3); k++) {
      const plan = planOf(w, d, { ...p, remote: 0 }, k)
      for (const share of d.sample(SHARES, d.int(2, 4)))
        fileBurst(
          w,
          d,
          p,
          plan.begin + d.between(1, 7) * HOUR,
          innerAddress(d, p, k, plan),
          share,
          d.int(2, 9),
          usualBytes,
          'audit',
        )
    }
  },
  /** Standing in for somebody for a day or two: their application, their folder. */
  standing_in(w, d) {
    const day = workday(w, d)
    const p = desk(w, day, d)
    const other = desk(w, day, d, (q) => q.site === p.site && q !== p)
    const plan = planOf(w, d, p, day)
    for (let i = d.int(2, 5); i > 0; i--)
      appSession(
        w,
        d,
        p,
        plan.begin + d.between(0, 7) * HOUR,
        plan.home ? homeNet(w, p, day) : officeNet(w, p),
        p.laptop.agent(day),
        d.pick(other.apps),
        plan.end,
        'standing_in',
      )
    fileBurst(
      w,
      d,
      p,
      plan.begin + d.between(1, 6) * HOUR,
      innerAddress(d, p, day, plan),
      other.shares[0],
      d.int(1, 6),
      usualBytes,
      'standing_in',
    )
  },
  /** Rights given through the front door: an administrator adds to the group, then sudo is used, by day, and again. */
  promoted(w, d) {
    const day = workday(w, d)
    const p = desk(w, day, d, (q) => q.hosts.length > 0 && q.sudo === 0)
    const boss = desk(w, day, d, (q) => q.department === 'it')
    const plan = planOf(w, d, p, day)
    put(w, {
      f: 'iam',
      t: plan.begin + 30 * MINUTE,
      user: boss.name,
      act: 'added-user-to-group',
      target: p.name,
      group: 'wheel',
      net: officeNet(w, boss),
      ok: true,
      tag: 'promoted',
    })
    for (let k = day; k < Math.min(w.days, day + d.int(1, 9)); k++) {
      if (isFree(w, k) || !present(p, k)) continue
      sshSession(
        w,
        d,
        p,
        plan.begin + (k - day) * DAY + d.between(1, 7) * HOUR,
        innerAddress(d, p, k, plan),
        d.pick(p.hosts),
        d.int(1, 4),
        'promoted',
      )
    }
  },
  /** Back after weeks: habits as before, a password tried twice, a mailbox to read. */
  back_from_leave(w, d) {
    const p = d.pick(w.people.filter((q) => q.back !== undefined && q.laptop))
    if (!p) return
    const day = p.back
    const plan = planOf(w, d, p, day)
    const net = plan.home ? homeNet(w, p, day) : officeNet(w, p)
    for (let i = d.int(3, 8); i > 0; i--)
      appSession(
        w,
        d,
        p,
        plan.begin + d.between(0.1, 6) * HOUR,
        net,
        p.laptop.agent(day),
        d.pick(p.apps),
        plan.end,
        'back_from_leave',
      )
  },
  /** A seasonal hand whose account sleeps between the seasons. */
  seasonal(w, d) {
    const p = d.pick(w.people.filter((q) => q.gone && !q.taken))
    if (!p) return
    p.taken = true
    const from = d.int(Math.min(18, w.days - 4), w.days - 3)
    for (let day = from; day < Math.min(w.days, from + 6); day++) {
      if (isFree(w, day)) continue
      const plan = planOf(w, d, { ...p, remote: 0 }, day)
      if (p.laptop)
        put(w, {
          f: 'win',
          t: plan.begin,
          user: p.name,
          host: p.laptop.id,
          ip: innerAddress(d, p, day, plan),
          ok: true,
          act: 'logon',
          tag: 'seasonal',
        })
      for (let i = d.int(2, 4); i > 0; i--)
        appSession(
          w,
          d,
          p,
          plan.begin + d.between(0, 6) * HOUR,
          officeNet(w, p),
          p.laptop?.agent(day) ?? w.kioskAgent(day),
          d.pick(p.apps),
          plan.end,
          'seasonal',
        )
    }
  },
}
