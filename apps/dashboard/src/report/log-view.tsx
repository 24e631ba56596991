/** What the scan read, what it refused and why, and what it learned from. */
import type { ReactNode } from 'react'
import type { ReportedLog } from '../contract/report.ts'
import { Moment } from '../parts/moment.tsx'
import { duration } from '../time/format.ts'
import { count, whole } from '../words/numbers.ts'
import '../views/alert/alert-view.css'
import '../views/data/data-view.css'

function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Files({ files, files_total: total }: ReportedLog) {
  return (
    <section className="panel" aria-labelledby="files">
      <div className="panel-head">
        <h2 id="files">Files</h2>
        {total > files.length && (
          <span className="quiet small">
            the first {whole(files.length)} of {whole(total)}
          </span>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too */}
      <section className="table-box" tabIndex={0} aria-label="Table of files">
        <table>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Format</th>
              <th scope="col">Zone of its stamps</th>
            </tr>
          </thead>
          <tbody>
            {files.map(({ name, format, timezone }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and none ever moves
              <tr key={i}>
                <td className="source-name">{name}</td>
                <td>{format ?? 'not known'}</td>
                <td>{timezone ?? 'in the stamps'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function Refused({ refused, reasons }: ReportedLog) {
  return (
    <section className="panel" aria-labelledby="refused">
      <div className="panel-head">
        <h2 id="refused">Refused lines</h2>
        <span className="quiet small number">{count(refused, 'line')}</span>
      </div>
      {reasons.length === 0 ? (
        <p className="quiet small">No line was refused.</p>
      ) : (
        <ol className="refused">
          {reasons.map(({ reason, detail, count, example }) => (
            <li key={reason}>
              <div className="refused-head">
                <strong>
                  {whole(count)} × {reason}
                </strong>
                <span>{detail}</span>
                {example.place !== '' && <span className="refused-when">the first: {example.place}</span>}
              </div>
              {example.line !== '' && (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled by keyboard too
                <pre tabIndex={0}>{example.line}</pre>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Absorbed({ absorbed, absorbed_reasons: reasons }: ReportedLog) {
  if (absorbed === 0) return null
  return (
    <section className="panel" aria-labelledby="absorbed">
      <h2 id="absorbed">Understood, but no event of their own</h2>
      <ul className="chips report-absorbed">
        {reasons.map(({ why, count }) => (
          <li key={why} className="chip">
            {why} <span className="number quiet">{whole(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Learned({ learned, warmup, budget_per_day: budget, over_budget: over }: ReportedLog) {
  const seconds = (Date.parse(warmup.until) - Date.parse(warmup.from)) / 1000
  return (
    <section className="panel" aria-labelledby="learned">
      <h2 id="learned">Learned from</h2>
      <Facts
        facts={[
          ['Users', whole(learned.users)],
          ['Hosts', whole(learned.hosts)],
          ['Addresses', whole(learned.addresses)],
          ['Names that never logged in', whole(learned.strangers)],
          [
            'Warm-up, which only teaches',
            seconds > 0 ? (
              <>
                {duration(seconds)}, until <Moment at={warmup.until} />
              </>
            ) : (
              'none'
            ),
          ],
          ['Budget', `${whole(budget)} a day`],
          ['Over budget', count(over, 'alert')],
        ]}
      />
    </section>
  )
}

export function LogView({ log, leftOut }: { log: ReportedLog; leftOut: number }) {
  const notes = [
    ...(log.stopped ? ['The scan was stopped before the end of the log; this is what there was until then.'] : []),
    ...(leftOut > 0 ? [`${count(leftOut, 'weaker alert')} are not in this report, to bound its size.`] : []),
    ...log.notes,
  ]
  return (
    <div className="data">
      <h1>What was read</h1>
      <Facts
        facts={[
          ['Lines', whole(log.lines)],
          ['Events', whole(log.events)],
          ['Absorbed', whole(log.absorbed)],
          ['Refused', whole(log.refused)],
          ['First event', <Moment key="first" at={log.first} full />],
          ['Last event', <Moment key="last" at={log.last} full />],
        ]}
      />
      {notes.length > 0 && (
        <section className="panel" aria-labelledby="notes">
          <h2 id="notes">Worth knowing</h2>
          <ul className="report-notes">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      )}
      <Refused {...log} />
      <Learned {...log} />
      <Files {...log} />
      <Absorbed {...log} />
    </div>
  )
}
