/** The habits of one, or of two beside each other. */
import { WeekMap } from '../../charts/week-map.tsx'
import type { EntityInFull, Habit } from '../../contract/contract.ts'
import { ShareList } from '../../parts/share-list.tsx'

const habitOf = (person: EntityInFull, feature: string): Habit | undefined =>
  person.habits.find((habit) => habit.feature === feature)

/** Features in the order of the first, then those that only the second has. */
function features(persons: readonly EntityInFull[]): Habit[] {
  const found = new Map<string, Habit>()
  for (const habit of persons.flatMap(({ habits }) => habits)) {
    if (!found.has(habit.feature)) found.set(habit.feature, habit)
  }
  return [...found.values()]
}

export function SideBySide({ persons }: { persons: readonly EntityInFull[] }) {
  return (
    <div className="sides">
      <div className="side-row side-row-two">
        <h3>Hours of the week</h3>
        {persons.map((person) => (
          <div key={person.entity.id}>
            <p className="side-who">{person.entity.id}</p>
            {person.hours === null ? (
              <p className="quiet small">Not known yet</p>
            ) : (
              <WeekMap hours={person.hours} around={Date.parse(person.last)} />
            )}
          </div>
        ))}
      </div>
      {features(persons).map(({ feature, summary }) => (
        <div key={feature} className="side-row side-row-two">
          <h3>{summary.replace(/\.$/, '')}</h3>
          {persons.map((person) => (
            <div key={person.entity.id}>
              <p className="side-who">{person.entity.id}</p>
              <ShareList values={habitOf(person, feature)?.values ?? []} />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

export function Habits({ person }: { person: EntityInFull }) {
  const compared = person.habits.some(({ values }) => values.some(({ peers_share }) => peers_share !== null))
  return (
    <section className="panel" aria-labelledby="habits">
      <div className="panel-head">
        <h2 id="habits">Habits</h2>
        {compared && (
          <p className="panel-note">
            <span className="peers-sign" aria-hidden="true" />
            how usual it is among peers
          </p>
        )}
      </div>
      {person.hours !== null && <WeekMap hours={person.hours} around={Date.parse(person.last)} />}
      {person.habits.length === 0 && <p className="quiet small">No habits are known yet: this was seen too rarely.</p>}
      <div className="habit-grid usual-hours-below">
        {person.habits.map(({ feature, summary, values }) => (
          <div key={feature}>
            <h3>{summary.replace(/\.$/, '')}</h3>
            <ShareList values={values} />
          </div>
        ))}
      </div>
    </section>
  )
}
