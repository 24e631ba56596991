/** What is usual, most usual first: a value, its share as a bar, and as a mark how usual it is among peers. */
import { useState } from 'react'
import { percent } from '../words/numbers.ts'
import './share-list.css'

interface Shown {
  value: string
  share: number
  peers_share?: number | null
}

/** So many are usual; the others are asked for. */
const FEW = 6

export function ShareList({ values, none = 'Nothing yet' }: { values: readonly Shown[]; none?: string }) {
  const [all, setAll] = useState(false)
  if (values.length === 0) return <p className="quiet small">{none}</p>
  const few = values.length > FEW + 1 ? FEW : values.length
  return (
    <>
      <ul className="shares">
        {values.slice(0, all ? values.length : few).map(({ value, share, peers_share: peers = null }) => (
          <li className="share" key={value}>
            <span>{value}</span>
            <span className="number quiet">
              {percent(share)}
              {peers !== null && <span className="hidden">, peers {percent(peers)}</span>}
            </span>
            <svg className="share-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect className="share-ground" width="100" height="6" rx="1" />
              <rect className="share-fill bar-fill" width={Math.max(0.8, share * 100)} height="6" rx="1" />
              {peers !== null && (
                <line
                  className="share-peers"
                  x1={Math.min(99.5, Math.max(0.5, peers * 100))}
                  x2={Math.min(99.5, Math.max(0.5, peers * 100))}
                  y1="0"
                  y2="6"
                  vectorEffect="non-scaling-stroke"
                />
              )}
            </svg>
          </li>
        ))}
      </ul>
      {values.length > few && (
        <button type="button" className="share-more link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'fewer' : `${values.length - few} more`}
        </button>
      )}
    </>
  )
}
