/** What a person concludes of this alert, with a note if wanted, and what was concluded before. */
import { useState } from 'react'
import type { AlertInFull, Label } from '../../contract/contract.ts'
import { useLabelling } from '../../live/labelling.ts'
import { useSource } from '../../live/source.ts'
import { LabelButtons, LabelChip } from '../../parts/label-buttons.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useKeys } from '../../shell/keys.ts'
import { useSpace } from '../../shell/navigation.tsx'
import { MAIN } from '../../shell/routes.ts'

const LONGEST_NOTE = 500

/** Where nobody takes a label, the one that there is. */
export function LabelSide({ alert }: { alert: AlertInFull }) {
  return useSource().goesOn ? <Labelling alert={alert} /> : <LabelChip label={alert.label} />
}

function Labelling({ alert }: { alert: AlertInFull }) {
  const labelAlerts = useLabelling()
  const [note, setNote] = useState('')
  const label = (label: Label | null) => {
    void labelAlerts([alert], label, note.trim())
    setNote('')
  }
  const press = (pressed: Label) => label(alert.label === pressed ? null : pressed)
  const isLive = useSpace() === MAIN
  useKeys({ b: () => press('benign'), m: () => press('malicious') })
  // A file that was read once learns nothing from labels.
  if (!isLive) return null
  return (
    <div className="label-side">
      <LabelButtons label={alert.label} onLabel={label} />
      <div className="label-note">
        <input
          className="field"
          aria-label="Note to go with the label"
          placeholder="Note to go with it"
          maxLength={LONGEST_NOTE}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </div>
  )
}

export function LabelHistory({ feedback }: Pick<AlertInFull, 'feedback'>) {
  if (feedback.length === 0) return null
  return (
    <section className="panel" aria-labelledby="history">
      <h2 id="history">What was concluded</h2>
      <ol className="history">
        {feedback.map(({ time, label, note }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: it only grows at its end
          <li key={i}>
            <Moment at={time} />
            {label === null ? <span className="quiet">label removed</span> : <LabelChip label={label} />}
            {note !== null && <span>{note}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}
