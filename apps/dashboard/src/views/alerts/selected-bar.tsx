/** What can be done with the alerts that are selected. */

import { LABELS, type Label } from '../../contract/contract.ts'
import { KeyHint } from '../../parts/key-hint.tsx'
import { whole } from '../../words/numbers.ts'

interface SelectedBarProps {
  count: number
  onLabel: (label: Label) => void
  onClear: () => void
}

export function SelectedBar({ count, onLabel, onClear }: SelectedBarProps) {
  return (
    <section className="selected-bar" aria-label="Selected alerts">
      <strong className="number">{whole(count)} selected</strong>
      <span className="labels">
        {LABELS.map((label) => (
          <button key={label} type="button" className="button" onClick={() => onLabel(label)}>
            {label === 'benign' ? 'Benign' : 'Malicious'} <KeyHint name={label.charAt(0)} />
          </button>
        ))}
      </span>
      <button type="button" className="button button-bare" onClick={onClear}>
        Clear <KeyHint name="Esc" />
      </button>
    </section>
  )
}
