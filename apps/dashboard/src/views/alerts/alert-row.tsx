/** One alert in the list: how severe, what, who, the strongest reason, when. */
import { type CSSProperties, memo } from 'react'
import type { Alert } from '../../contract/contract.ts'
import { LabelChip } from '../../parts/label-buttons.tsx'
import { Moment } from '../../parts/moment.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { To } from '../../shell/navigation.tsx'
import { alertPath } from '../../shell/routes.ts'
import { surprise } from '../../words/numbers.ts'

interface AlertRowProps {
  alert: Alert
  index: number
  total: number
  /** From the top of the list. Pixels. */
  top: number
  selected: boolean
  fresh: boolean
  /** Absent where nothing can be done with several. */
  onSelect?: (id: string) => void
}

function why({ reasons }: Alert): string {
  const [first, ...others] = reasons
  if (first === undefined) return ''
  return others.length === 0 ? first.text : `${first.text} And ${others.length} more.`
}

export const AlertRow = memo(function AlertRow({ alert, index, total, top, selected, fresh, onSelect }: AlertRowProps) {
  const { id, severity, title, entity, label, risk, time } = alert
  const place: CSSProperties = { transform: `translateY(${top}px)` }
  const shape = `list-row${onSelect === undefined ? ' list-row-plain' : ''}${selected ? ' list-row-selected' : ''}${fresh ? ' list-row-fresh' : ''}`
  return (
    <li className={shape} style={place} aria-setsize={total} aria-posinset={index + 1} data-index={index}>
      {onSelect === undefined ? (
        <span />
      ) : (
        <label className="list-check">
          <input type="checkbox" tabIndex={-1} checked={selected} onChange={() => onSelect(id)} />
          <span className="hidden">
            Select {title} of {entity.id}
          </span>
        </label>
      )}
      <SeverityMark severity={severity} />
      <div className="list-text">
        <To href={alertPath(id)} className="list-link">
          {title}
        </To>
        <p className="list-why">
          <span className="hidden">{entity.type} </span>
          <strong>{entity.id}</strong> · {why(alert)}
        </p>
      </div>
      <span className="label-cell">
        <LabelChip label={label} />
      </span>
      <span className="list-risk number">
        <span className="hidden">risk </span>
        {surprise(risk)}
      </span>
      <span className="list-time">
        <Moment at={time} />
      </span>
    </li>
  )
})
