/** Privileges are used by somebody who never had them; its twin is somebody who was given them that day. */
import { HOUR, MINUTE } from '../clock.ts'
import { changeAccount, type Seat } from '../day/session.ts'
import { openShell, rootCommand, runAsRoot } from '../day/shell.ts'
import { homeEndpoint, officeEndpoint, tunnelAddress } from '../day/whereabouts.ts'
import { between, chance, pick, sample, whole } from '../draw.ts'
import type { Difficulty } from '../labelled.ts'
import { departmentOn, type Person, since, userOn } from '../people/person.ts'
import type { World } from '../world.ts'
import { disguise, hideout } from './hideout.ts'
import type { AttackKind, Occasion, Strike } from './kind.ts'
import { isSteady, middleOfWork, note, ownPlan, type Plan, worksOn } from './plan.ts'

interface Strength {
  hosts: number
  commands: readonly [number, number]
  /** Share of commands that only intruders need. */
  telling: number
  intruder: boolean
}

const STRENGTH: Record<Difficulty, Strength> = {
  loud: { hosts: 3, commands: [4, 8], telling: 0.8, intruder: true },
  medium: { hosts: 2, commands: [2, 4], telling: 0.5, intruder: false },
  subtle: { hosts: 1, commands: [1, 3], telling: 0.15, intruder: false },
}

const TELLING: readonly string[] = [
  '/usr/bin/cat /etc/shadow',
  '/usr/sbin/useradd -m -s /bin/bash support2',
  '/usr/bin/tar czf /tmp/home.tgz /home',
  '/usr/sbin/usermod -aG sudo support2',
  '/bin/bash',
  '/usr/bin/find / -name id_rsa',
  '/usr/bin/mysqldump --all-databases',
  '/usr/bin/systemctl stop auditd',
]

/** Hosts that the person's account opens; people without any use the bastion of their office. */
function hostsFor(world: World, person: Person, count: number, foreign: boolean): string[] {
  const own = person.hosts.length > 0 ? person.hosts : [`bastion-${person.office.code}-01`]
  if (!foreign) return own.slice(0, count)
  const here = [...world.organisation.hosts.keys()].filter(
    (name) => name.includes(`-${person.office.code}-`) && !name.startsWith('files'),
  )
  return [...own.slice(0, 1), ...here.filter((name) => !own.includes(name))].slice(0, count)
}

function rise(world: World, strike: Strike): void {
  const { random, day, difficulty, scribe } = strike
  const strength = STRENGTH[difficulty]
  const steady = isSteady(world, day)
  const person = strike.victims.take(
    random,
    (one) =>
      steady(one) && one.administratorFrom > day && departmentOn(one, day).hostRoles.length > 0 && one.hosts.length > 0,
  )
  const plan = ownPlan(world, random, person, day)
  const seat: Seat = { user: userOn(person, day), device: plan.device, from: plan.from }
  if (plan.inside !== undefined) seat.inside = plan.inside
  else seat.inside = tunnelAddress(random)
  if (strength.intruder || chance(random, 0.3)) comeFromOutside(strike, plan, seat)
  let time = plan.time
  for (const host of hostsFor(world, person, strength.hosts, strength.hosts > 1)) {
    time = openShell(scribe, random, time, seat, host, chance(random, 0.6) ? 'publickey' : 'password').time
    for (let n = whole(random, strength.commands[0], strength.commands[1]); n > 0; n--) {
      time += between(random, 0.3, 5) * MINUTE
      const command = chance(random, strength.telling) ? pick(random, TELLING) : rootCommand(random)
      const by = chance(random, 0.85) ? 'sudo' : 'su'
      runAsRoot(scribe, time, seat, host, command, { by, refused: by === 'su' && chance(random, 0.3) })
    }
    time += between(random, 1, 10) * MINUTE
  }
}

function comeFromOutside(strike: Strike, plan: Plan, seat: Seat): void {
  seat.from = hideout(strike.random, plan.person, strike.day, strike.difficulty)
  seat.device = disguise(strike.random, plan.person, strike.day, strike.difficulty)
  delete seat.inside
}

/** An administrator adds a colleague to the group; from then on that colleague uses sudo like the others. */
function promote(world: World, occasion: Occasion): void {
  const { random, day } = occasion
  const steady = isSteady(world, day)
  const person = occasion.people.take(
    random,
    (one) =>
      steady(one) &&
      one.administratorFrom === Number.POSITIVE_INFINITY &&
      one.hosts.length > 0 &&
      departmentOn(one, day).shells > 1,
  )
  const granters = world.organisation.people.filter(
    (one) => one.administratorFrom < world.firstDay && one !== person && worksOn(one, day),
  )
  person.administratorFrom = day + 1
  note(occasion.used, 'user', person.name)
  const time = middleOfWork(world, random.split('when'), person, day)
  occasion.on(day, (scribe) => {
    const draws = random.split('granting')
    const [granter] = sample(draws, granters, 1)
    const from =
      granter === undefined ? undefined : granter.homeShare > 0.5 ? homeEndpoint(granter, day) : officeEndpoint(granter)
    if (granter !== undefined && from !== undefined) {
      const seat: Seat = { user: userOn(granter, day), device: since(granter.laptops, day).value, from }
      changeAccount(scribe, time, seat, userOn(person, day), 'assign_privileges', 'sudo')
    }
    useFirst(world, occasion, person, time + between(draws, 0.2, 2) * HOUR, scribe)
  })
}

function useFirst(world: World, occasion: Occasion, person: Person, time: number, scribe: Strike['scribe']): void {
  const { day } = occasion
  const random = occasion.random.split('first use')
  const plan = ownPlan(world, random, person, day)
  const seat: Seat = {
    user: userOn(person, day),
    device: plan.device,
    from: plan.from,
    inside: plan.inside ?? tunnelAddress(random),
  }
  const host = person.hosts[0] as string
  let at = openShell(scribe, random, time, seat, host, 'publickey').time
  for (let n = whole(random, 1, 5); n > 0; n--) {
    at += between(random, 0.5, 8) * MINUTE
    runAsRoot(scribe, at, seat, host, rootCommand(random))
  }
}

export const firstPrivilege: AttackKind = {
  kind: 'first_privilege',
  techniques: ['T1548.003', 'T1078.003'],
  strike: rise,
  twin: {
    kind: 'new_administrator',
    sharedSignal: 'root is used by an account that never did so before',
    difference:
      'an administrator gave the account the right hours before; the commands are those of other administrators, on the usual host and in working hours',
    rate: 0.0002,
    arrange: promote,
  },
}
