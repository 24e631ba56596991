/**
 * Campaigns. The level is what the attacker knows of the victim: a loud one knows the password only, a medium one has read
 * the victim's profile, a subtle one has watched them and differs in one or two things.
 */

import { isFree, present } from '../whereabouts.js'
import { DAY } from '../world.js'
import { CREDENTIALS } from './credentials.js'
import { DEEDS } from './deeds.js'
import { used } from './steps.js'

const CAMPAIGNS = { ...CREDENTIALS, ...DEEDS }

const TECHNIQUES = {
  impossible_travel: ['T1078'],
  off_hours: ['T1078'],
  repeated_failures: ['T1110.001'],
  failures_then_success: ['T1110.001', 'T1078'],
  spray: ['T1110.003'],
  stuffing: ['T1110.004'],
  new_device_network: ['T1078'],
  large_transfer: ['T1048'],
  unusual_resource: ['T1039'],
  first_privilege: ['T1548.003', 'T1098'],
  dormant_account: ['T1078'],
  takeover_and_theft: ['T1078', 'T1048'],
  insider_at_night: ['T1039', 'T1048'],
  foothold_and_climb: ['T1133', 'T1021.004', 'T1548.003'],
}

/** At most three campaigns run on any day; nobody is attacked twice. */
export function runCampaigns(w, d, quietDays = 14) {
  const perDay = new Array(w.days + 6).fill(0)
  const kinds = d.shuffle(Object.keys(CAMPAIGNS))
  const campaigns = []
  const victims = new Set()
  const aim = Math.round(((w.days - quietDays) * 45) / 28)
  for (let i = 0, tries = 0; campaigns.length < aim && tries < aim * 12; tries++) {
    const kind = kinds[i % kinds.length]
    const day = d.int(quietDays, w.days - 3)
    if ([0, 1, 2].some((k) => perDay[day + k] >= 3)) continue
    const id = `c-${String(campaigns.length + 1).padStart(3, '0')}`
    const a = {
      id,
      kind,
      difficulty: ['loud', 'medium', 'subtle'][(i + 2 * Math.floor(i / kinds.length)) % 3],
      d: d.fork(`${id}:${tries}`),
      used: new Map(),
      attacked: new Map(),
    }
    const able = w.people.filter(
      (p) =>
        CAMPAIGNS[kind].who(p) &&
        !victims.has(p.name) &&
        (p.gone
          ? day > p.last + 8
          : present(p, day) && p.first < day - 5 && !p.trips.some((x) => day >= x.from && day <= x.to)) &&
        (kind === 'dormant_account') === Boolean(p.gone),
    )
    const p = able.length ? d.pick(able) : null
    if (!p || (isFree(w, day) && kind === 'impossible_travel')) {
      if (!able.length) i++
      continue
    }
    const before = w.events.length
    if (CAMPAIGNS[kind].run(w, a, p, day) === false || w.events.length === before) continue
    i++
    const own = w.events.slice(before)
    for (const e of own) {
      used(a, 'address', e.net?.ip ?? e.ip)
      if (e.host) used(a, 'host', e.host)
    }
    const times = own.map((e) => Math.round(e.t))
    const [first, last] = [Math.min(...times), Math.max(...times)]
    for (let k = Math.floor((first - w.start) / DAY); k <= Math.floor((last - w.start) / DAY); k++) perDay[k]++
    if (!['spray', 'stuffing'].includes(kind)) victims.add(p.name)
    campaigns.push({
      id,
      kind,
      difficulty: a.difficulty,
      techniques: TECHNIQUES[kind],
      first,
      last,
      events: own.length,
      entities: { used: [...a.used.values()], attacked: [...a.attacked.values()] },
    })
  }
  return campaigns
}
