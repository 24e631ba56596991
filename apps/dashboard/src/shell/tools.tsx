/** The small tools at the top: the zone of times, the theme, the list of keys. */
import { Icon } from '../parts/icons.tsx'
import { UTC } from '../time/zone.ts'
import { prefer, preferences, THEMES, type Theme, usePreferences, useZone } from './preferences.ts'

const THEME_ICON = { system: 'system', light: 'sun', dark: 'moon' } as const

export const toggleZone = () => prefer({ utc: !preferences().utc })

export function ZoneButton() {
  const { utc } = usePreferences()
  const zone = useZone()
  // Not its distance from UTC: that is another one in summer, and most of what is shown is not of today.
  const name = zone === UTC ? UTC : 'Local'
  return (
    <button
      type="button"
      className="button button-bare zone"
      aria-pressed={utc}
      aria-label={`Times: ${name}; switch between UTC and your zone`}
      title={`Times of ${zone}; UTC or your zone (u)`}
      onClick={toggleZone}
    >
      <Icon name="clock" size={14} />
      {name}
    </button>
  )
}

export function ThemeButton() {
  const { theme } = usePreferences()
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] as Theme
  return (
    <button
      type="button"
      className="button button-bare"
      aria-label={`Theme: ${theme}; switch to ${next}`}
      title={`Theme: ${theme}`}
      onClick={() => prefer({ theme: next })}
    >
      <Icon name={THEME_ICON[theme]} />
    </button>
  )
}

export function HelpButton({ onHelp }: { onHelp: () => void }) {
  return (
    <button
      type="button"
      className="button button-bare help-button"
      aria-label="Keys"
      title="Keys (?)"
      onClick={onHelp}
    >
      <kbd>?</kbd>
    </button>
  )
}
