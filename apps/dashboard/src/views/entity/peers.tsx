/** Who does similar work, and the two of them side by side. */
import type { EntityInFull } from '../../contract/contract.ts'
import { useEntity } from '../../live/questions.ts'
import { Failed, Loading } from '../../parts/states.tsx'
import { useGo, useSearch } from '../../shell/navigation.tsx'
import { entityPath } from '../../shell/routes.ts'
import { count, surprise } from '../../words/numbers.ts'
import { SideBySide } from './side-by-side.tsx'

function Compared({ person, peer }: { person: EntityInFull; peer: string }) {
  const { data, error, refetch } = useEntity({ type: person.entity.type, id: peer })
  if (data !== undefined) return <SideBySide persons={[person, data]} />
  return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading what={peer} />
}

export function Peers({ person }: { person: EntityInFull }) {
  const { entity, peers } = person
  const go = useGo()
  const peer = new URLSearchParams(useSearch()).get('peer')
  const compare = (id: string) => {
    const query = id === peer ? '' : `?${new URLSearchParams({ peer: id })}`
    go(`${entityPath(entity)}${query}`, true)
  }
  const others = peers.members.filter(({ id }) => id !== entity.id)
  return (
    <section className="panel" aria-labelledby="peers">
      <div className="panel-head">
        <h2 id="peers">Peers</h2>
        <p className="panel-note">
          {peers.group === null
            ? 'The log names no department here, so what is rare is measured against everybody.'
            : `${peers.group}, ${count(peers.size, 'member')}. Choose one to see both side by side.`}
        </p>
      </div>
      {others.length === 0 ? (
        peers.group !== null && <p className="quiet small">Nobody else is in this group.</p>
      ) : (
        <ul className="mates">
          {others.map(({ id, risk }) => (
            <li key={id}>
              <button type="button" className="button mate" aria-pressed={id === peer} onClick={() => compare(id)}>
                <span>{id}</span>
                <span className="number quiet">
                  <span className="hidden">risk </span>
                  {surprise(risk)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {peer !== null && (
        <div className="usual-hours-below">
          <Compared person={person} peer={peer} />
        </div>
      )}
    </section>
  )
}
