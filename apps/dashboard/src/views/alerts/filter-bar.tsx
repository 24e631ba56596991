/** What of the alerts is shown. Every choice is in the address, so a view can be kept and sent. */
import { type RefObject, useEffect, useState } from 'react'
import { SEVERITIES, type Severity } from '../../contract/contract.ts'
import { countFilters, type Filters, NO_FILTERS } from '../../filters/filters.ts'
import { useSource } from '../../live/source.ts'
import { Icon } from '../../parts/icons.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { useZone } from '../../shell/preferences.ts'
import { dayOf, startOfDay } from '../../time/zone.ts'

interface FilterBarProps {
  filters: Filters
  onChange: (filters: Filters) => void
  search: RefObject<HTMLInputElement | null>
}

const LABELS = { any: 'Any label', none: 'Not labelled', benign: 'Benign', malicious: 'Malicious' }
const STATES = { raised: 'Raised', over_budget: 'Over budget', all: 'Raised and over budget' }
const DAY = 86_400_000
/** So long nobody types: then the server is asked. Milliseconds. */
const PAUSE = 250

function SearchField({ filters, onChange, search }: FilterBarProps) {
  const [text, setText] = useState(filters.q)
  useEffect(() => setText(filters.q), [filters.q])
  useEffect(() => {
    if (text === filters.q) return
    const timer = setTimeout(() => onChange({ ...filters, q: text }), PAUSE)
    return () => clearTimeout(timer)
  }, [text, filters, onChange])
  return (
    <div className="filter-search">
      <Icon name="search" size={14} />
      <input
        ref={search}
        className="field"
        type="search"
        aria-label="Search alerts"
        placeholder="Search names, reasons, techniques"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur()
        }}
      />
    </div>
  )
}

function SeverityFilter({ filters, onChange }: Omit<FilterBarProps, 'search'>) {
  const toggle = (severity: Severity) => {
    const chosen = new Set(filters.severity)
    if (!chosen.delete(severity)) chosen.add(severity)
    onChange({ ...filters, severity: SEVERITIES.filter((each) => chosen.has(each)) })
  }
  return (
    <fieldset className="filter-severity bare-fieldset" aria-label="Severity">
      {SEVERITIES.toReversed().map((severity) => (
        <button
          key={severity}
          type="button"
          className="button"
          aria-pressed={filters.severity.includes(severity)}
          onClick={() => toggle(severity)}
        >
          <SeverityMark severity={severity} />
        </button>
      ))}
    </fieldset>
  )
}

function MoreFilters({ filters, onChange }: Omit<FilterBarProps, 'search'>) {
  const { goesOn } = useSource()
  const zone = useZone()
  const day = (iso: string, back = 0) => (iso === '' ? '' : dayOf(Date.parse(iso) - back, zone))
  const start = (day: string, on = 0) => {
    const time = startOfDay(day, zone)
    return Number.isNaN(time)
      ? ''
      : new Date(on === 0 ? time : startOfDay(dayOf(time + 1.5 * DAY, zone), zone)).toISOString()
  }
  const texts = [
    ['entity', 'Entity (exact name)'],
    ['behaviour', 'Behaviour (id)'],
  ] as const
  return (
    <details className="filter-more">
      <summary className="button">More</summary>
      <div className="filter-panel">
        <label>
          From day
          <input
            className="field"
            type="date"
            value={day(filters.from)}
            onChange={(event) => onChange({ ...filters, from: start(event.target.value) })}
          />
        </label>
        <label>
          To day
          <input
            className="field"
            type="date"
            value={day(filters.to, 1)}
            onChange={(event) => onChange({ ...filters, to: start(event.target.value, 1) })}
          />
        </label>
        {goesOn && (
          <label>
            State
            <select
              className="field"
              value={filters.state}
              onChange={(event) => onChange({ ...filters, state: event.target.value as Filters['state'] })}
            >
              {Object.entries(STATES).map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          Type of entity
          <select
            className="field"
            value={filters.entityType}
            onChange={(event) => onChange({ ...filters, entityType: event.target.value })}
          >
            <option value="">Any</option>
            {['user', 'host', 'address', 'network'].map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        </label>
        {texts.map(([name, title]) => (
          <label key={name}>
            {title}
            <input
              className="field"
              value={filters[name]}
              onChange={(event) => onChange({ ...filters, [name]: event.target.value })}
            />
          </label>
        ))}
      </div>
    </details>
  )
}

function LabelFilter({ filters, onChange }: Omit<FilterBarProps, 'search'>) {
  return (
    <select
      className="field"
      aria-label="Label"
      value={filters.label}
      onChange={(event) => onChange({ ...filters, label: event.target.value as Filters['label'] })}
    >
      {Object.entries(LABELS).map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  )
}

/** What is the same for all alerts of a report is nothing to choose by. */
export function FilterBar({ filters, onChange, search }: FilterBarProps) {
  const { goesOn } = useSource()
  return (
    <search className="filters">
      <SearchField filters={filters} onChange={onChange} search={search} />
      <SeverityFilter filters={filters} onChange={onChange} />
      {goesOn && <LabelFilter filters={filters} onChange={onChange} />}
      <MoreFilters filters={filters} onChange={onChange} />
      {countFilters(filters) > 0 && (
        <button type="button" className="button button-bare" onClick={() => onChange(NO_FILTERS)}>
          <Icon name="cross" size={12} /> Clear
        </button>
      )}
    </search>
  )
}
