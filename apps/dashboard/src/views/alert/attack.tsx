/** What kind of attack it would be, and who was attacked. */
import type { Alert } from '../../contract/contract.ts'
import { EntityName } from '../../parts/entity-name.tsx'
import { count } from '../../words/numbers.ts'
import { techniqueName } from '../../words/techniques.ts'

export function Techniques({ techniques }: { techniques: readonly string[] }) {
  if (techniques.length === 0) return null
  return (
    <section className="panel" aria-labelledby="techniques">
      <h2 id="techniques">Techniques it looks like</h2>
      <ul className="techniques">
        {techniques.map((id) => (
          <li key={id}>
            <code>{id}</code>
            <span>{techniqueName(id) ?? 'Not in the list of this version'}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Victims({ victims, victims_total: total }: Pick<Alert, 'victims' | 'victims_total'>) {
  if (total === 0) return null
  return (
    <section className="panel" aria-labelledby="victims">
      <div className="panel-head">
        <h2 id="victims">Attacked accounts</h2>
        <span className="quiet small number">{count(total, 'account')}</span>
      </div>
      <ul className="chips">
        {victims.map((victim) => (
          <li key={`${victim.type} ${victim.id}`} className="chip">
            <EntityName entity={victim} />
          </li>
        ))}
        {total > victims.length && <li className="chip">and {total - victims.length} more</li>}
      </ul>
    </section>
  )
}
