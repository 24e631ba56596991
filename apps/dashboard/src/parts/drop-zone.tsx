/** Takes a log file, dropped or chosen, into a space of its own. */
import { useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useState } from 'react'
import { Problem } from '../http/problem.ts'
import { uploadFile } from '../http/upload.ts'
import { percent } from '../words/numbers.ts'
import { Icon } from './icons.tsx'
import './drop-zone.css'

export function DropZone() {
  const client = useQueryClient()
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<{ name: string; part: number }>()
  const [refused, setRefused] = useState('')

  const send = async (files: readonly File[]): Promise<void> => {
    setRefused('')
    for (const file of files) {
      setSending({ name: file.name, part: 0 })
      try {
        await uploadFile(file, (part) => setSending({ name: file.name, part }))
      } catch (error) {
        setRefused(error instanceof Problem ? `${error.message}. ${error.detail}` : `${error}`)
      }
      void client.invalidateQueries({ queryKey: ['spaces'] })
    }
    setSending(undefined)
  }
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault()
    setOver(inside)
  }
  return (
    <>
      <label
        className={over ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false)
          void send([...event.dataTransfer.files])
        }}
      >
        <Icon name="file" size={22} />
        {sending === undefined ? (
          <span>
            <strong>Drop a log file here</strong>, or choose one
          </span>
        ) : (
          <span role="status">
            Sending {sending.name}: {percent(sending.part)}
          </span>
        )}
        <span className="quiet">
          auth.log, ECS or other JSON lines, plain or gzipped. It stays on the server’s machine.
        </span>
        <input
          className="hidden"
          type="file"
          multiple
          disabled={sending !== undefined}
          onChange={(event) => {
            void send([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
      </label>
      {refused !== '' && (
        <p className="drop-refused" role="alert">
          {refused}
        </p>
      )}
    </>
  )
}
