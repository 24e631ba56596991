/** What stands around the views of a report: of what it is, where one can go, zone, theme, keys. */
import { type ReactNode, useState } from 'react'
import type { Report } from '../contract/report.ts'
import { Icon, type IconName } from '../parts/icons.tsx'
import { Moment } from '../parts/moment.tsx'
import { HelpDialog, type KeyList } from '../shell/help-dialog.tsx'
import { useKeys } from '../shell/keys.ts'
import { To, useGo, useRoute } from '../shell/navigation.tsx'
import type { Route } from '../shell/routes.ts'
import { HelpButton, ThemeButton, toggleZone, ZoneButton } from '../shell/tools.tsx'
import mark from '../styles/mark.svg'
import { count } from '../words/numbers.ts'
import '../shell/shell.css'

const VIEWS: readonly { href: string; name: string; icon: IconName; of: readonly Route['view'][] }[] = [
  { href: '/alerts', name: 'Alerts', icon: 'alerts', of: ['now', 'alerts', 'alert'] },
  { href: '/data', name: 'What was read', icon: 'data', of: ['data'] },
]

const KEYS: KeyList = [
  [['j', 'k'], 'Next and previous alert, in the list and while reading one'],
  [['Enter'], 'Read the alert'],
  [['Esc'], 'Back to the list'],
  [['/'], 'Search'],
  [['u'], 'Times in UTC or in your zone'],
  [['1', '2'], 'Alerts, What was read'],
  [['?'], 'This list'],
]

function Subject({ log, made }: Report) {
  const [file] = log.files
  const more = log.files_total - 1
  return (
    <aside className="space-bar" aria-label="Report">
      <span>
        Scan of <strong>{file?.name ?? 'a log'}</strong>
        {more > 0 && ` and ${count(more, 'more file')}`}, {count(log.events, 'event')}; written <Moment at={made} />
      </span>
    </aside>
  )
}

export function ReportShell({ report, children }: { report: Report; children: ReactNode }) {
  const [help, setHelp] = useState(false)
  const { view } = useRoute()
  const go = useGo()
  useKeys({
    '?': () => setHelp(true),
    u: toggleZone,
    ...Object.fromEntries(VIEWS.map(({ href }, i) => [`${i + 1}`, () => go(href)])),
  })
  return (
    <>
      {/* Not by its address, which says what view is shown. */}
      <button type="button" className="button button-main skip" onClick={() => document.querySelector('main')?.focus()}>
        Skip to the content
      </button>
      <header className="top">
        <To href="/alerts" className="brand" label="Heedful: the alerts">
          <img src={mark} width="24" height="24" alt="" />
          Heedful
        </To>
        <nav className="views" aria-label="Views">
          {VIEWS.map(({ href, name, icon, of }) => (
            <To key={href} href={href} className="view-link" current={of.includes(view)}>
              <Icon name={icon} />
              {name}
            </To>
          ))}
        </nav>
        <div className="tools">
          <ZoneButton />
          <ThemeButton />
          <HelpButton onHelp={() => setHelp(true)} />
        </div>
      </header>
      <Subject {...report} />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <HelpDialog open={help} onClose={() => setHelp(false)} list={KEYS} />
    </>
  )
}
