/** Why: each reason with its weight as a step of a waterfall, and expected beside observed. */
import { useState } from 'react'
import { layOut, type Step, strongest } from '../../charts/waterfall-layout.ts'
import type { Entity, Reason } from '../../contract/contract.ts'
import { EntityName } from '../../parts/entity-name.tsx'
import { percent, surprise } from '../../words/numbers.ts'

function Fall({ step: { start, end } }: { step: Step }) {
  const width = Math.max(0.6, end - start)
  return (
    <svg className="fall" viewBox="0 0 100 22" preserveAspectRatio="none" aria-hidden="true">
      <rect className="fall-ground" y="5" width="100" height="12" rx="1" />
      <rect className="fall-before" y="5" width={start} height="12" />
      <rect className="fall-bar bar-fill" x={Math.min(start, 100 - width)} y="3" width={width} height="16" rx="0.5" />
    </svg>
  )
}

/** What would have been normal is mostly what was expected, and then not said twice. */
function Compared({ reason: { observed, expected, normal } }: { reason: Reason }) {
  return (
    <dl className="compare">
      <div className="compare-observed">
        <dt>Observed</dt>
        <dd>{observed}</dd>
      </div>
      <div>
        <dt>Expected</dt>
        <dd>{expected}</dd>
      </div>
      {normal !== null && !normal.includes(expected) && (
        <div className="compare-normal">
          <dt>Would have been normal</dt>
          <dd>{normal}</dd>
        </div>
      )}
    </dl>
  )
}

interface ReasonRowProps {
  reason: Reason
  step: Step
  /** Whom the alert is about: a reason of somebody else says whose it is. */
  about: Entity
}

function ReasonRow({ reason, step, about }: ReasonRowProps) {
  const { title, family, entity, weight } = reason
  const other = entity.type !== about.type || entity.id !== about.id
  return (
    <li>
      <div className="reason-head">
        <h3 className="reason-title">
          {title}
          <span className="chip">{family}</span>
          {other && (
            <span className="chip">
              <EntityName entity={entity} />
            </span>
          )}
        </h3>
        <Fall step={step} />
        <span className="reason-weight number">
          <span className="hidden">weight </span>
          {surprise(weight)}
          <span className="hidden">, {percent(step.share)} of all</span>
        </span>
      </div>
      <Compared reason={reason} />
    </li>
  )
}

interface ReasonsProps {
  reasons: readonly Reason[]
  /** Of the alert: what its reasons weigh, and what weighs too little to be one. */
  risk: number
  about: Entity
}

export function Reasons({ reasons, risk, about }: ReasonsProps) {
  const weights = reasons.map(({ weight }) => weight)
  const steps = layOut(weights)
  const few = strongest(weights)
  const [all, setAll] = useState(false)
  const shown = all ? reasons : reasons.slice(0, few)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const part = steps[shown.length - 1]?.end ?? 0
  return (
    <section className="panel" aria-labelledby="why">
      <div className="panel-head">
        <h2 id="why">Why</h2>
        <p className="panel-note">
          Each bar begins where the one before it ends; together they are the whole surprise.
        </p>
      </div>
      <ol className="reasons">
        {shown.map((reason, i) => (
          <ReasonRow
            key={`${reason.behaviour} ${reason.entity.type} ${reason.entity.id} ${reason.text}`}
            reason={reason}
            step={steps[i] as Step}
            about={about}
          />
        ))}
      </ol>
      {reasons.length > few && (
        <button type="button" className="button reasons-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all
            ? 'Only the strongest'
            : `${reasons.length - few} weaker reasons, ${percent(1 - part / 100)} of the weight`}
        </button>
      )}
      <p className="reasons-total">
        <span>
          {reasons.length === 1 ? 'Risk' : `All ${reasons.length} together`}
          {surprise(risk) !== surprise(total) && ', and what weighs too little to be named'}
        </span>
        <span className="fall-words">in units of surprise, −ln p</span>
        <strong className="reason-weight number">{surprise(Math.max(risk, total))}</strong>
      </p>
    </section>
  )
}
