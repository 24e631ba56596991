/** Which view an address shows. */
import { useEffect } from 'react'
import { LiveProvider } from './live/live.tsx'
import { Empty } from './parts/states.tsx'
import { To, useRoute, useSpace } from './shell/navigation.tsx'
import type { Route } from './shell/routes.ts'
import { Shell } from './shell/shell.tsx'
import { AlertView } from './views/alert/alert-view.tsx'
import { AlertsView } from './views/alerts/alerts-view.tsx'
import { DataPage } from './views/data/data-view.tsx'
import { EntitiesView } from './views/entities/entities-view.tsx'
import { EntityView } from './views/entity/entity-view.tsx'
import { NowView } from './views/now/now-view.tsx'

function titleOf(route: Route): string {
  switch (route.view) {
    case 'now':
      return 'Now'
    case 'alerts':
      return 'Alerts'
    case 'alert':
      return 'Alert'
    case 'entities':
      return 'Entities'
    case 'entity':
      return route.entity.id
    case 'data':
      return 'Data'
    case 'nowhere':
      return 'Nothing here'
    default:
      return route satisfies never
  }
}

function View({ route }: { route: Route }) {
  switch (route.view) {
    case 'now':
      return <NowView />
    case 'alerts':
      return <AlertsView />
    case 'alert':
      return <AlertView key={route.id} id={route.id} />
    case 'entities':
      return <EntitiesView />
    case 'entity':
      return <EntityView key={`${route.entity.type} ${route.entity.id}`} entity={route.entity} />
    case 'data':
      return <DataPage />
    case 'nowhere':
      return (
        <Empty icon="search" title="Nothing is at this address" level="h1">
          <To href="/" className="button button-main">
            Go to Now
          </To>
        </Empty>
      )
    default:
      return route satisfies never
  }
}

export function App() {
  const route = useRoute()
  const space = useSpace()
  const title = titleOf(route)
  useEffect(() => {
    document.title = `${title} · Heedful`
  }, [title])
  return (
    <LiveProvider space={space}>
      <Shell>
        <View route={route} />
      </Shell>
    </LiveProvider>
  )
}
