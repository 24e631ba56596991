/** How one's own log gets here: dropped as a file, or sent as it grows. */
import { DropZone } from '../../parts/drop-zone.tsx'
import { SpacesList } from '../../parts/spaces-list.tsx'

export function ConnectPanel({ empty }: { empty: boolean }) {
  const here = location.origin
  const ways: [string, string][] = [
    ['Send a file as it grows, from this or another machine', `npx heedful tail /var/log/auth.log --server ${here}`],
    [
      'Send events over HTTP, one JSON object a line',
      `curl --data-binary @events.ndjson -H 'content-type: application/x-ndjson' ${here}/v1/events`,
    ],
    ['Follow files without the demonstration, across rotation', 'npx heedful serve --config heedful.yaml'],
  ]
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
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled by keyboard too */}
                <code className="command" tabIndex={0}>
                  {command}
                </code>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  )
}
