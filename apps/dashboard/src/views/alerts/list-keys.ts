/** Working through the list by keyboard: j k x b m. The focus itself moves, so screen readers follow. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { Alert, Label } from '../../contract/contract.ts'
import { useLabelling } from '../../live/labelling.ts'
import { useSource } from '../../live/source.ts'
import { useKeys } from '../../shell/keys.ts'
import { readPlace } from './place-in-list.ts'

interface ListKeys {
  selected: ReadonlySet<string>
  toggle: (id: string) => void
  clear: () => void
  labelSelected: (label: Label) => void
}

const NONE: ReadonlySet<string> = new Set()

/** Frames until a row that was scrolled to must be there. */
const PATIENCE = 20

export function useListKeys(
  list: string,
  alerts: readonly Alert[],
  scroller: RefObject<HTMLElement | null>,
  scrollTo: (index: number) => void,
): ListKeys {
  const labelAlerts = useLabelling()
  const { goesOn } = useSource()
  const [selected, setSelected] = useState(NONE)
  const cursor = useRef(-1)

  const focusRow = (index: number, patience = PATIENCE): void => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] .list-link`)
    if (row) row.focus({ preventScroll: true })
    else if (patience > 0) requestAnimationFrame(() => focusRow(index, patience - 1))
  }
  const goTo = (index: number): void => {
    if (alerts.length === 0) return
    const wanted = Math.max(0, Math.min(alerts.length - 1, index))
    cursor.current = wanted
    scrollTo(wanted)
    focusRow(wanted)
  }
  /** Where the focus is, or last was. */
  const here = (): number => {
    const row = document.activeElement?.closest('[data-index]')
    if (row instanceof HTMLElement) cursor.current = Number(row.dataset['index'])
    return Math.min(cursor.current, alerts.length - 1)
  }

  const toggle = useCallback((id: string) => {
    setSelected((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }, [])
  const clear = useCallback(() => setSelected(NONE), [])

  const label = (label: Label): void => {
    const current = alerts[here()]
    const chosen = selected.size > 0 ? alerts.filter(({ id }) => selected.has(id)) : current ? [current] : []
    const again = chosen.length > 0 && chosen.every((alert) => alert.label === label)
    void labelAlerts(chosen, again ? null : label)
    clear()
  }

  const labelling = {
    x: () => {
      const alert = alerts[here()]
      if (alert !== undefined) toggle(alert.id)
    },
    b: () => label('benign'),
    m: () => label('malicious'),
    Escape: clear,
  }
  useKeys({
    j: () => goTo(here() + 1),
    k: () => goTo(here() - 1),
    ...(goesOn && labelling),
  })

  // Back from an alert, the focus goes on where the eyes were.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the list is opened
  useEffect(() => {
    const place = readPlace()
    if (place?.list !== list || place.cursor === undefined) return
    const index = alerts.findIndex(({ id }) => id === place.cursor)
    if (index >= 0) goTo(index)
  }, [])

  return { selected, toggle, clear, labelSelected: label }
}
