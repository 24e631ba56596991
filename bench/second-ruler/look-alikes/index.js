/** Episodes that look like an attack and are none. Each carries its kind as a tag, for whoever reads false alerts. */
import { PASSWORDS } from './passwords.js'
import { PLACES } from './places.js'
import { WORK } from './work.js'

const EPISODES = { ...PASSWORDS, ...PLACES, ...WORK }

/** How often each happens in 42 days with 300 people. */
const COUNTS = {
  stale_password: 9,
  expired_job: 5,
  forgotten: 14,
  directory_outage: 3,
  password_week: 2,
  scanner: 5,
  training_room: 3,
  migration: 4,
  new_phone: 12,
  new_laptop: 8,
  borrowed_computer: 6,
  on_call: 14,
  deadline: 12,
  telephone_at_home: 7,
  wrong_location: 5,
  big_work: 12,
  whole_copy: 4,
  project: 5,
  audit: 2,
  standing_in: 10,
  promoted: 5,
  back_from_leave: 8,
  seasonal: 3,
}

export function lookAlikes(w) {
  const part = (w.days / 42) * Math.max(0.1, w.people.length / 300)
  for (const [kind, count] of Object.entries(COUNTS)) {
    for (let i = 0; i < Math.max(1, Math.round(count * part)); i++) EPISODES[kind](w, w.d.fork(`${kind}:${i}`))
  }
}
