/** Severity as one to four bars, told apart without colour, with its word beside it or for screen readers. */
import { SEVERITIES, type Severity } from '../contract/contract.ts'
import './severity-mark.css'

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

export function SeverityMark({ severity, bare = false }: { severity: Severity; bare?: boolean }) {
  const level = SEVERITIES.indexOf(severity)
  return (
    <span className={`severity severity-${severity}`}>
      <svg width="18" height="16" viewBox="0 0 18 16" aria-hidden="true">
        {SEVERITIES.map((each, i) => (
          <rect
            key={each}
            className={i <= level ? 'severity-bar' : 'severity-bar-off'}
            x={0.5 + i * 4.5}
            y={11 - i * 3.2}
            width="3"
            height={4.5 + i * 3.2}
            rx="1"
          />
        ))}
      </svg>
      <span className={bare ? 'hidden' : ''}>{capital(severity)}</span>
    </span>
  )
}
