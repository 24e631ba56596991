/** The lines as they came in, those that reasons come from marked. */
import { useState } from 'react'
import type { AlertInFull } from '../../contract/contract.ts'
import { Moment } from '../../parts/moment.tsx'
import { count, whole } from '../../words/numbers.ts'

const FEW = 5

export function RawEvents({ raw, total }: { raw: AlertInFull['raw']; total: number }) {
  const [all, setAll] = useState(false)
  const shown = all ? raw : raw.slice(0, FEW)
  return (
    <section className="panel" aria-labelledby="raw">
      <div className="panel-head">
        <h2 id="raw">Raw events</h2>
        <span className="quiet small number">
          {raw.length < total ? `${whole(raw.length)} of ${count(total, 'event')}` : count(total, 'event')}
        </span>
      </div>
      {raw.length === 0 && <p className="quiet small">The lines are not kept any more.</p>}
      <ol className="raw">
        {shown.map(({ event_id: id, time, place, line, cited }) => (
          <li key={id}>
            <div className="raw-head">
              <Moment at={time} />
              <span>{place}</span>
              {cited && <span className="chip raw-cited">cited by a reason</span>}
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled by keyboard too */}
            <pre tabIndex={0}>{line}</pre>
          </li>
        ))}
      </ol>
      {raw.length > FEW && (
        <button type="button" className="button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Only the first' : `${raw.length - FEW} more`}
        </button>
      )}
    </section>
  )
}
