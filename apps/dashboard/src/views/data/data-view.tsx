/** Where events come from, what was refused and why, and files of one's own. */
import { DropZone } from '../../parts/drop-zone.tsx'
import { SpacesList } from '../../parts/spaces-list.tsx'
import { Refused } from './refused.tsx'
import { Sources } from './sources.tsx'
import './data-view.css'

export function DataPage() {
  return (
    <div className="data">
      <h1>Data</h1>
      <Sources />
      <section className="panel" aria-labelledby="own">
        <h2 id="own">A file of your own</h2>
        <DropZone />
        <SpacesList />
      </section>
      <Refused />
    </div>
  )
}
