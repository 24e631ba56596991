/** Who is most at risk, and why in one line. */
import type { Risky } from '../../contract/contract.ts'
import { EntityName } from '../../parts/entity-name.tsx'
import { Moment } from '../../parts/moment.tsx'
import { Empty } from '../../parts/states.tsx'
import { To } from '../../shell/navigation.tsx'
import { alertPath } from '../../shell/routes.ts'
import { surprise } from '../../words/numbers.ts'

export function Riskiest({ riskiest }: { riskiest: readonly Risky[] }) {
  if (riskiest.length === 0) {
    return (
      <Empty icon="people" title="Nobody stands out">
        <p>Who does something unusual appears here, with the reason.</p>
      </Empty>
    )
  }
  return (
    <ol className="rows">
      {riskiest.slice(0, 8).map((risky) => (
        <li key={`${risky.type} ${risky.id}`}>
          <div className="row">
            <EntityName entity={risky} />
            <span className="row-side number">
              <span className="hidden">risk </span>
              <strong>{surprise(risky.risk)}</strong>
            </span>
            {risky.alert !== null && risky.title !== null ? (
              <To href={alertPath(risky.alert)} className="row-text">
                {risky.title}
              </To>
            ) : (
              <span className="row-text">{risky.title ?? 'Below the level of an alert'}</span>
            )}
            <span className="row-side">
              <Moment at={risky.last} />
            </span>
          </div>
        </li>
      ))}
    </ol>
  )
}
