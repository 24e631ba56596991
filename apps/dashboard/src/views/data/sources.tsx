/** Each door through which lines come in, and what became of them. */
import { useSources } from '../../live/questions.ts'
import { Moment } from '../../parts/moment.tsx'
import { Empty, Failed, Loading } from '../../parts/states.tsx'
import { To } from '../../shell/navigation.tsx'
import { whole } from '../../words/numbers.ts'

const KINDS = { http: 'over HTTP', file: 'file', demo: 'demonstration' } as const
const NUMBERS = [
  ['lines', 'Lines'],
  ['events', 'Events'],
  ['absorbed', 'Absorbed'],
  ['refused', 'Refused'],
] as const

const MEANINGS = {
  lines: 'All that came',
  events: 'Lines that were judged',
  absorbed: 'Lines that were understood and are no event of their own',
  refused: 'Lines that could not be read; they stand below',
} as const

export function Sources() {
  const { data, error, refetch } = useSources()
  return (
    <section className="panel" aria-labelledby="sources">
      <div className="panel-head">
        <h2 id="sources">Sources</h2>
        <a href="/api" className="link small">
          How programs send and ask
        </a>
      </div>
      {data === undefined ? (
        error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading what="sources" lines={3} />
        )
      ) : data.length === 0 ? (
        <Empty icon="data" title="Nothing comes in yet">
          <p>Drop a log file below, or send one as it grows.</p>
          <div className="state-actions">
            <To href="/" className="button button-main">
              How to connect a log
            </To>
          </div>
        </Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too
        <section className="table-box" tabIndex={0} aria-label="Table of sources">
          <table>
            <thead>
              <tr>
                <th scope="col">Source</th>
                <th scope="col">Format</th>
                <th scope="col">Zone</th>
                {NUMBERS.map(([name, title]) => (
                  <th key={name} scope="col" className="numeric" title={MEANINGS[name]}>
                    {title}
                  </th>
                ))}
                <th scope="col" className="numeric">
                  Last event
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((source) => (
                <tr key={source.door}>
                  <td>
                    <span className="source-name">{source.name}</span>{' '}
                    <span className="quiet">{KINDS[source.kind]}</span>
                  </td>
                  <td>{source.format ?? 'not known yet'}</td>
                  <td>{source.timezone ?? '–'}</td>
                  {NUMBERS.map(([name]) => (
                    <td key={name} className="numeric">
                      {whole(source[name])}
                    </td>
                  ))}
                  <td className="numeric">
                    <Moment at={source.last_time} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}
