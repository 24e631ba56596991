/** Lines that could not be read, with the reason, and the way to try them again once that is mended. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DeadLetter, DeadLetterPage } from '../../contract/contract.ts'
import { address, change } from '../../http/request.ts'
import { useDeadLetters } from '../../live/questions.ts'
import { Icon } from '../../parts/icons.tsx'
import { Moment } from '../../parts/moment.tsx'
import { notify } from '../../parts/notices.tsx'
import { Empty, Failed, Loading } from '../../parts/states.tsx'
import { useSpace } from '../../shell/navigation.tsx'
import { MAIN } from '../../shell/routes.ts'
import { count, whole } from '../../words/numbers.ts'

type What = { ids: string[] } | { reason: string }

function useRedrive() {
  const client = useQueryClient()
  const space = useSpace()
  return useMutation({
    mutationFn: (what: What) =>
      change<{ redriven: number; refused_again: number }>(
        'POST',
        address('/v1/dead-letters/redrive', space === MAIN ? {} : { space }),
        what,
      ),
    onSuccess: ({ redriven, refused_again: again }) => {
      notify(
        redriven === 0
          ? `Refused again: ${count(again, 'line')}, as the reasons are the same`
          : `${count(redriven, 'line')} read this time${again > 0 ? `, ${whole(again)} refused again` : ''}`,
      )
      void client.invalidateQueries({ queryKey: ['dead-letters', space] })
      void client.invalidateQueries({ queryKey: ['sources', space] })
    },
    onError: (error) => notify(`Not tried again: ${error.message}`, { bad: true }),
  })
}

interface ReasonsProps {
  reasons: DeadLetterPage['reasons']
  chosen: string
  onChoose: (reason: string) => void
}

function Reasons({ reasons, chosen, onChoose }: ReasonsProps) {
  const total = reasons.reduce((sum, { count }) => sum + count, 0)
  const all = { reason: '', count: total, example: 'All reasons' }
  return (
    <fieldset className="reason-chips bare-fieldset" aria-label="Reason">
      {[all, ...reasons].map(({ reason, count, example }) => (
        <button
          key={reason}
          type="button"
          className="button"
          aria-pressed={chosen === reason}
          title={example}
          onClick={() => onChoose(reason)}
        >
          {reason === '' ? 'All' : reason} <span className="number quiet">{whole(count)}</span>
        </button>
      ))}
    </fieldset>
  )
}

function Letter({ letter, onRedrive }: { letter: DeadLetter; onRedrive: (() => void) | undefined }) {
  const { place, time, reason, detail, line, redriven } = letter
  return (
    <li>
      <div className="refused-head">
        <strong>{reason}</strong>
        <span>{detail}</span>
        <span className="refused-when number">
          {place}
          {time !== null && (
            <>
              , <Moment at={time} />
            </>
          )}
        </span>
        {redriven ? (
          <span className="chip refused-redriven">
            <Icon name="check" size={12} /> read since
          </span>
        ) : (
          onRedrive !== undefined && (
            <button type="button" className="button" onClick={onRedrive}>
              Try again
            </button>
          )
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled by keyboard too */}
      <pre tabIndex={0}>{line}</pre>
    </li>
  )
}

export function Refused() {
  const [reason, setReason] = useState('')
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useDeadLetters(reason)
  const redrive = useRedrive()
  // A file that was read once is dropped again instead.
  const isLive = useSpace() === MAIN
  const first = data?.pages[0]
  const letters = data?.pages.flatMap(({ dead_letters }) => dead_letters) ?? []
  return (
    <section className="panel" aria-labelledby="refused">
      <div className="panel-head">
        <h2 id="refused">Refused lines</h2>
        {reason !== '' && isLive && (
          <button
            type="button"
            className="button"
            disabled={redrive.isPending}
            onClick={() => redrive.mutate({ reason })}
          >
            <Icon name="undo" size={14} /> Try all of these again
          </button>
        )}
      </div>
      {first === undefined ? (
        error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading what="refused lines" />
        )
      ) : first.total === 0 && reason === '' ? (
        <Empty icon="check" title="No line was refused">
          <p>A line that cannot be read is kept here with the reason, and can be tried again.</p>
        </Empty>
      ) : (
        <>
          <Reasons reasons={first.reasons} chosen={reason} onChoose={setReason} />
          <ol className="refused">
            {letters.map((letter) => (
              <Letter
                key={letter.id}
                letter={letter}
                onRedrive={isLive ? () => redrive.mutate({ ids: [letter.id] }) : undefined}
              />
            ))}
          </ol>
          {hasNextPage && (
            <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              More
            </button>
          )}
        </>
      )}
    </section>
  )
}
