/** What stands where there is nothing to show: not yet, nothing, or not possible, each with the way out. */
import type { ReactNode } from 'react'
import { Problem } from '../http/problem.ts'
import { useSource } from '../live/source.ts'
import { To } from '../shell/navigation.tsx'
import { MAIN } from '../shell/routes.ts'
import { Icon, type IconName } from './icons.tsx'
import './states.css'

interface EmptyProps {
  icon: IconName
  title: string
  /** `h1` where it is all that there is. */
  level?: 'h1' | 'h2'
  children?: ReactNode
}

export function Empty({ icon, title, level: Heading = 'h2', children }: EmptyProps) {
  return (
    <div className="state">
      <Icon name={icon} size={28} />
      <Heading>{title}</Heading>
      {children}
    </div>
  )
}

const LINES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']

export function Loading({ what, lines = 6 }: { what: string; lines?: number }) {
  return (
    <div className="loading" role="status">
      <span className="hidden">Loading {what}</span>
      {LINES.slice(0, lines).map((line) => (
        <div key={line} className="loading-line" />
      ))}
    </div>
  )
}

/** What to try, by what went wrong. */
function wayOut(problem: Problem): string {
  if (problem.status === 401) return 'Enter the key that the server showed when it was first started.'
  if (problem.status === 404) return 'It may have been removed, or belong to another space or demonstration.'
  if (problem.status === 429 || problem.status === 503) return 'The server is busy: wait a moment, then try again.'
  return 'Try again; if it stays, the server’s log says more under this code.'
}

export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { goesOn } = useSource()
  const problem =
    error instanceof Problem ? error : new Problem(0, 'page-error', 'Something went wrong here', `${error}`)
  return (
    <div className="state" role="alert">
      <Icon name="alerts" size={28} />
      <h2>{problem.message}</h2>
      {/* What the server advises where nothing is there is meant for programs. */}
      <p>{problem.detail === '' || problem.status === 404 ? wayOut(problem) : problem.detail}</p>
      <div className="state-actions">
        {problem.status === 404 ? (
          <To href="/" space={MAIN} className="button button-main">
            {goesOn ? 'Go to Now' : 'Go to the alerts'}
          </To>
        ) : (
          <button type="button" className="button button-main" onClick={onRetry}>
            Try again
          </button>
        )}
      </div>
      <p className="quiet small">Code: {problem.code}</p>
    </div>
  )
}
