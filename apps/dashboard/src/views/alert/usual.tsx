/** What is usual for whom the alert is about: hours, places, networks, devices, services. */
import { WeekMap } from '../../charts/week-map.tsx'
import type { Context } from '../../contract/contract.ts'
import { ShareList } from '../../parts/share-list.tsx'

const LISTS = [
  ['places', 'Places'],
  ['networks', 'Networks'],
  ['devices', 'Devices'],
  ['services', 'Services'],
] as const

export function Usual({ context, time }: { context: Context; time: number }) {
  const lists = LISTS.filter(([name]) => context[name].length > 0)
  if (context.hours === null && lists.length === 0) {
    return (
      <section className="panel" aria-labelledby="usual">
        <h2 id="usual">What is usual here</h2>
        <p className="quiet small">No habits are known yet: this was seen too rarely.</p>
      </section>
    )
  }
  return (
    <section className="panel" aria-labelledby="usual">
      <h2 id="usual">What is usual here</h2>
      <div className="usual-body">
        {context.hours !== null && (
          <div>
            <h3>Hours of the week</h3>
            <WeekMap hours={context.hours} marked={time} around={time} />
          </div>
        )}
        <div className="usual">
          {lists.map(([name, title]) => (
            <div key={name}>
              <h3>{title}</h3>
              <ShareList values={context[name]} />
            </div>
          ))}
        </div>
      </div>
    </section>
  )
}
