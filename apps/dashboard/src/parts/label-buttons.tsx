/** What a person concluded of an alert: two buttons that press in and out, and the same as a chip. */

import { type Alert, LABELS, type Label } from '../contract/contract.ts'
import { Icon } from './icons.tsx'
import { KeyHint } from './key-hint.tsx'
import './label-buttons.css'

const SIGN = { benign: 'check', malicious: 'flag' } as const
const WORD = { benign: 'Benign', malicious: 'Malicious' } as const

interface LabelButtonsProps {
  label: Alert['label'] | undefined
  onLabel: (label: Label | null) => void
}

export function LabelButtons({ label, onLabel }: LabelButtonsProps) {
  return (
    <fieldset className="labels bare-fieldset" aria-label="Label">
      {LABELS.map((each) => (
        <button
          key={each}
          type="button"
          className={`button label-${each}`}
          aria-pressed={label === each}
          onClick={() => onLabel(label === each ? null : each)}
        >
          <Icon name={SIGN[each]} size={14} />
          {WORD[each]}
          <KeyHint name={each.charAt(0)} />
        </button>
      ))}
    </fieldset>
  )
}

export function LabelChip({ label }: { label: Label | null }) {
  if (label === null) return null
  return (
    <span className={`chip label-chip label-chip-${label}`}>
      <Icon name={SIGN[label]} size={12} />
      {WORD[label]}
    </span>
  )
}
