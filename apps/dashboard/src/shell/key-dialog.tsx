/** Asks once for the key of a server that wants one; it is kept until the tab is closed. */
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { isKeyWanted, keepKey, watchKey } from '../http/access-key.ts'
import './dialogs.css'

export function KeyDialog() {
  const wanted = useSyncExternalStore(watchKey, isKeyWanted)
  const client = useQueryClient()
  const dialog = useRef<HTMLDialogElement>(null)
  const [key, setKey] = useState('')
  useEffect(() => {
    if (wanted) dialog.current?.showModal()
    else dialog.current?.close()
  }, [wanted])
  const enter = (event: FormEvent) => {
    event.preventDefault()
    if (key.trim() === '') return
    keepKey(key)
    setKey('')
    void client.resetQueries()
    dispatchEvent(new Event('online'))
  }
  return (
    <dialog ref={dialog} aria-labelledby="key-title" onCancel={(event) => event.preventDefault()}>
      <form className="key-form" onSubmit={enter}>
        <h2 id="key-title">This server asks for its key</h2>
        <p className="small">
          It was shown when the server was first started. It stays in this tab, and is forgotten when you close it.
        </p>
        <label className="key-form small">
          Key
          <input
            className="field"
            type="password"
            autoComplete="off"
            placeholder="hf_…"
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </label>
        <button type="submit" className="button button-main">
          Open
        </button>
      </form>
    </dialog>
  )
}
