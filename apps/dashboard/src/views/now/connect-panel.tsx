/** How one's own log gets here: dropped as a file, or sent as it grows. */
import { DropZone } from '../../parts/drop-zone.tsx'
import { SpacesList } from '../../parts/spaces-list.tsx'

type Way = readonly [what: string, command: string]

const tail = (server: string) => `npx heedful tail /var/log/auth.log --server ${server}`

const ofServer = (here: string): Way[] => [
  ['Send a file as it grows, from this or another machine', tail(here)],
  [
    'Send events over HTTP, one JSON object a line',
    `curl --data-binary @events.ndjson -H 'content-type: application/x-ndjson' ${here}/v1/events`,
  ],
  ['Follow files by a configuration, across rotation', 'npx heedful config --example > heedful.yaml'],
  ['… and start with it', 'npx heedful serve --config heedful.yaml'],
]

/** What is sent to a demonstration would be judged by its clock and among its people. */
const BESIDE = 'http://localhost:8788'
const OF_DEMO: readonly Way[] = [
  ['Read a log once, in the terminal', 'npx heedful scan /var/log/auth.log'],
  ['Or start a server of your own, beside this demonstration …', 'npx heedful serve --data my-log --port 8788'],
  ['… and send it a file as it grows', tail(BESIDE)],
]

export function ConnectPanel({ empty, demo }: { empty: boolean; demo: boolean }) {
  const ways = demo ? OF_DEMO : ofServer(location.origin)
  return (
    <section className="panel" id="connect" aria-labelledby="connect-title">
      <div className="panel-head">
        <h2 id="connect-title">{empty ? 'Nothing comes in yet: connect a log' : 'Connect your own log'}</h2>
      </div>
      <div className="connect">
        <div>
          <DropZone />
          <SpacesList />
        </div>
        <dl className="connect-ways">
          {ways.map(([what, command]) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>
                <code className="command">{command}</code>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  )
}
