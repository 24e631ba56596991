/** Every key that acts, and the switch that turns single keys off. */
import { useEffect, useRef } from 'react'
import { Icon } from '../parts/icons.tsx'
import { prefer, usePreferences } from './preferences.ts'
import './dialogs.css'

export type KeyList = readonly (readonly [names: readonly string[], what: string])[]

const KEYS: KeyList = [
  [['j', 'k'], 'Next and previous alert, in the list and while reading one'],
  [['Enter'], 'Read the alert'],
  [['x'], 'Select the alert, to label several at once'],
  [['b', 'm'], 'Label benign, malicious; the same key again removes it'],
  [['z'], 'Undo'],
  [['n'], 'Show new alerts that wait'],
  [['Esc'], 'Clear the selection; back to the list'],
  [['/'], 'Search'],
  [['u'], 'Times in UTC or in your zone'],
  [['1', '2', '3', '4'], 'Now, Alerts, Entities, Data'],
  [['?'], 'This list'],
]

interface HelpDialogProps {
  open: boolean
  onClose: () => void
  list?: KeyList
}

export function HelpDialog({ open, onClose, list = KEYS }: HelpDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const { keys } = usePreferences()
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog ref={dialog} aria-labelledby="help-title" onClose={onClose}>
      <div className="dialog-head">
        <h2 id="help-title">Keys</h2>
        <button type="button" className="button button-bare" aria-label="Close" onClick={onClose}>
          <Icon name="cross" />
        </button>
      </div>
      <dl className="help-keys">
        {list.map(([names, what]) => (
          <div key={what} className="help-row">
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className="help-switch">
        <input type="checkbox" checked={keys} onChange={(event) => prefer({ keys: event.target.checked })} />
        Single keys act (turn off when you speak to your browser)
      </label>
    </dialog>
  )
}
