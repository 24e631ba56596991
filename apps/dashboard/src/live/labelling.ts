/** Labelling alerts: shown at once, told to the server, taken back the same way. */
import { useQueryClient } from '@tanstack/react-query'
import type { Alert, Label } from '../contract/contract.ts'
import { Problem } from '../http/problem.ts'
import { change } from '../http/request.ts'
import { notify } from '../parts/notices.tsx'
import { useSpace } from '../shell/navigation.tsx'
import { MAIN } from '../shell/routes.ts'
import { count } from '../words/numbers.ts'
import { showLabel } from './live.tsx'

type Labelled = Pick<Alert, 'id' | 'label'>

function sentence(alerts: readonly Labelled[], label: Label | null): string {
  const what = alerts.length === 1 ? 'Alert' : count(alerts.length, 'alert')
  return label === null ? `${what}: label removed` : `${what} labelled ${label}`
}

export function useLabelling(): (alerts: readonly Labelled[], label: Label | null, note?: string) => Promise<void> {
  const client = useQueryClient()
  const space = useSpace()

  const put = async ({ id, label: before }: Labelled, label: Label | null, note?: string): Promise<void> => {
    showLabel(client, space, id, label)
    try {
      const url = `/v1/alerts/${encodeURIComponent(id)}/label`
      await change('PUT', url, note === undefined || note === '' ? { label } : { label, note })
    } catch (error) {
      showLabel(client, space, id, before)
      throw error
    }
    void client.invalidateQueries({ queryKey: ['alert', space, id] })
  }

  /** One after the other: a hundred at once would meet the server's limit. */
  const putAll = async (changes: readonly { alert: Labelled; label: Label | null }[], note?: string) => {
    try {
      for (const { alert, label } of changes) await put(alert, label, note)
      return true
    } catch (error) {
      const why = error instanceof Problem ? `${error.message}. ${error.detail}` : `${error}`
      notify(`Not labelled: ${why}`, { bad: true })
      return false
    }
  }

  return async (alerts, label, note) => {
    if (space !== MAIN) return notify('A file that was read once takes no labels; heedful serve follows one and does')
    const changed = alerts.filter((alert) => alert.label !== label)
    if (changed.length === 0) return
    const done = await putAll(
      changed.map((alert) => ({ alert, label })),
      note,
    )
    if (!done) return
    const back = changed.map(({ id, label: before }) => ({ alert: { id, label }, label: before }))
    notify(sentence(changed, label), { undo: () => void putAll(back) })
  }
}
