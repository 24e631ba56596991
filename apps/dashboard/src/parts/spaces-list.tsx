/** Dropped files, each in a space of its own: how far they are read, what came out, how to look at it or drop it again. */
import { useQueryClient } from '@tanstack/react-query'
import type { Space } from '../contract/contract.ts'
import { send } from '../http/request.ts'
import { useSpaces } from '../live/questions.ts'
import { To, useSpace } from '../shell/navigation.tsx'
import { MAIN } from '../shell/routes.ts'
import { count, percent } from '../words/numbers.ts'
import { Icon } from './icons.tsx'
import { notify } from './notices.tsx'
import './drop-zone.css'

function SpaceRow({ space, onDrop }: { space: Space; onDrop: () => void }) {
  const { name, state, progress, events, alerts, refused, error, notes } = space
  const counted = `${count(events, 'event')}, ${count(alerts, 'alert')}${refused > 0 ? `, ${count(refused, 'line')} refused` : ''}`
  return (
    <li className="space-row">
      <strong>{name}</strong>
      <span className="space-actions">
        {state === 'done' && (
          <To href="/alerts" space={space.space} className="button">
            Look at it
          </To>
        )}
        <button type="button" className="button button-bare" aria-label={`Remove ${name}`} onClick={onDrop}>
          <Icon name="cross" size={14} />
        </button>
      </span>
      {state === 'scanning' && <progress value={progress} max="1" aria-label={`Reading ${name}`} />}
      {state === 'failed' ? (
        (error ?? 'It could not be read.').split('\n').map((line, i) => (
          <span key={line} className={i === 0 ? 'space-failed' : 'space-note'}>
            {line}
          </span>
        ))
      ) : (
        <span className="space-note">
          {state === 'scanning' ? `Reading, ${percent(progress)}; ${counted}` : counted}
        </span>
      )}
      {notes.map((note) => (
        <span key={note} className="space-note">
          {note}
        </span>
      ))}
    </li>
  )
}

export function SpacesList() {
  const { data = [] } = useSpaces()
  const client = useQueryClient()
  const looked = useSpace()
  const dropped = data.filter(({ space }) => space !== MAIN && space !== looked)
  if (dropped.length === 0) return null
  const drop = async (space: Space) => {
    try {
      await send(`/v1/spaces/${encodeURIComponent(space.space)}`, { method: 'DELETE' })
    } catch (error) {
      notify(`${space.name} was not removed: ${error instanceof Error ? error.message : error}`, { bad: true })
    }
    void client.invalidateQueries({ queryKey: ['spaces'] })
  }
  return (
    <ul className="spaces" aria-label="Files read">
      {dropped.map((space) => (
        <SpaceRow key={space.space} space={space} onDrop={() => void drop(space)} />
      ))}
    </ul>
  )
}
