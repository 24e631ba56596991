/** Says plainly that this is a demonstration, where its time stands, and how fast it goes. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Demo, Now } from '../../contract/contract.ts'
import { change } from '../../http/request.ts'
import { Moment } from '../../parts/moment.tsx'
import { notify } from '../../parts/notices.tsx'
import { useSpace } from '../../shell/navigation.tsx'
import { whole } from '../../words/numbers.ts'

const PACES = [1, 60, 600, 3600] as const

export function DemoBanner({ demo }: { demo: Demo }) {
  const client = useQueryClient()
  const space = useSpace()
  const pace = useMutation({
    mutationFn: (pace: number) => change<Demo>('PUT', '/v1/demo', { pace }),
    onSuccess: (demo) => client.setQueryData<Now>(['now', space], (now) => now && { ...now, demo }),
    onError: (error) => notify(`The pace was not changed: ${error.message}`, { bad: true }),
  })
  return (
    <aside className="demo" aria-label="Demonstration">
      <p className="demo-text">
        <strong>This is a demonstration.</strong>{' '}
        {demo.phase === 'history' ? (
          'The first weeks of an invented organisation are being learned; then it goes on live.'
        ) : (
          <>
            An invented organisation, with attacks in it, lives at {whole(demo.pace)} times the pace of life. There it
            is <Moment at={demo.simulated_time} />.
          </>
        )}{' '}
        <a className="link" href="#connect">
          Connect your own log
        </a>
      </p>
      {demo.phase === 'history' ? (
        <progress value={demo.progress} max="1" aria-label="History learned" />
      ) : (
        <div className="demo-pace">
          <span id="pace">Pace</span>
          <div className="segments" role="radiogroup" aria-labelledby="pace">
            {PACES.map((each) => (
              // biome-ignore lint/a11y/useSemanticElements: a row of buttons of which one is chosen, as the pattern has it
              <button
                key={each}
                type="button"
                className="button"
                role="radio"
                aria-checked={demo.pace === each}
                onClick={() => pace.mutate(each)}
              >
                {whole(each)}×
              </button>
            ))}
          </div>
        </div>
      )}
    </aside>
  )
}
