/** What stands around every view: where one can go, whether it is live, zone, theme, keys. */
import { type ReactNode, useState } from 'react'
import { useLive } from '../live/live.tsx'
import { useSpaces } from '../live/questions.ts'
import { Icon, type IconName } from '../parts/icons.tsx'
import { Moment } from '../parts/moment.tsx'
import { Notices } from '../parts/notices.tsx'
import mark from '../styles/mark.svg'
import { HelpDialog } from './help-dialog.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { useKeys } from './keys.ts'
import { To, useGo, useRoute, useSpace } from './navigation.tsx'
import { MAIN, type Route } from './routes.ts'
import { HelpButton, ThemeButton, toggleZone, ZoneButton } from './tools.tsx'
import './shell.css'

const VIEWS: readonly { href: string; name: string; icon: IconName; of: readonly Route['view'][] }[] = [
  { href: '/', name: 'Now', icon: 'pulse', of: ['now'] },
  { href: '/alerts', name: 'Alerts', icon: 'alerts', of: ['alerts', 'alert'] },
  { href: '/entities', name: 'Entities', icon: 'people', of: ['entities', 'entity'] },
  { href: '/data', name: 'Data', icon: 'data', of: ['data'] },
]

const STATES = { live: 'Live', connecting: 'Connecting', broken: 'Reconnecting', still: 'A file' } as const

function Connection() {
  const { connection } = useLive()
  return (
    <span className={`connection connection-${connection}`} role="status">
      <span className="connection-dot" aria-hidden="true" />
      {STATES[connection]}
    </span>
  )
}

/** What stands on the page is old, and somebody who only looks must see it. */
function Outage() {
  const { lost } = useLive()
  if (lost === undefined) return null
  return (
    <aside className="outage" aria-label="Connection" role="alert">
      <strong>The server does not answer.</strong> What stands here is of <Moment at={new Date(lost).toISOString()} />.
      It may have been stopped; when it runs again, this page goes on by itself.
    </aside>
  )
}

function SpaceBar({ space }: { space: string }) {
  const found = useSpaces().data?.find((each) => each.space === space)
  return (
    <aside className="space-bar" aria-label="Space">
      <span>
        You are looking at <strong>{found?.name ?? space}</strong>, in a space of its own.
      </span>
      <To href="/" space={MAIN} className="link">
        Back to the live view
      </To>
    </aside>
  )
}

export function Shell({ children }: { children: ReactNode }) {
  const [help, setHelp] = useState(false)
  const route = useRoute()
  const space = useSpace()
  const go = useGo()
  useKeys({
    '?': () => setHelp(true),
    u: toggleZone,
    ...Object.fromEntries(VIEWS.map(({ href }, i) => [`${i + 1}`, () => go(href)])),
  })
  return (
    <>
      <a className="button button-main skip" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <To href="/" className="brand" label="Heedful">
          <img src={mark} width="24" height="24" alt="" />
          Heedful
        </To>
        <nav className="views" aria-label="Views">
          {VIEWS.map(({ href, name, icon, of }) => (
            <To key={href} href={href} className="view-link" current={of.includes(route.view)}>
              <Icon name={icon} />
              {name}
            </To>
          ))}
        </nav>
        <div className="tools">
          <Connection />
          <ZoneButton />
          <ThemeButton />
          <HelpButton onHelp={() => setHelp(true)} />
        </div>
      </header>
      <Outage />
      {space !== MAIN && <SpaceBar space={space} />}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Notices />
      <HelpDialog open={help} onClose={() => setHelp(false)} />
      <KeyDialog />
    </>
  )
}
