/** Senders that wait for what is concluded of their lines. */
import type { Verdict } from '@heedful/stream'
import type { Span } from './group-commit.ts'

interface Wait extends Span {
  /** By position: what was known before may be told again. */
  verdicts: Map<number, Verdict>
  resolve(verdicts: readonly Verdict[] | undefined): void
}

export class VerdictWaits {
  private readonly waits = new Set<Wait>()

  /** @param known what is concluded of the span already. Undefined where the rest takes longer than `timeout` ms. */
  wait({ from, to }: Span, known: readonly Verdict[], timeout: number): Promise<readonly Verdict[] | undefined> {
    return new Promise((resolve) => {
      const verdicts = new Map(known.map((verdict) => [verdict.position, verdict]))
      const wait: Wait = { from, to, verdicts, resolve: (found) => end(found) }
      const end = (found: readonly Verdict[] | undefined) => {
        clearTimeout(timer)
        this.waits.delete(wait)
        resolve(found)
      }
      const timer = setTimeout(() => end(undefined), timeout)
      this.waits.add(wait)
    })
  }

  /** `position`: everything before it is folded. */
  tell(verdicts: readonly Verdict[], position: number): void {
    for (const wait of this.waits) {
      for (const verdict of verdicts) {
        if (verdict.position >= wait.from && verdict.position < wait.to) wait.verdicts.set(verdict.position, verdict)
      }
      if (position >= wait.to) wait.resolve([...wait.verdicts.values()])
    }
  }

  end(): void {
    for (const wait of this.waits) wait.resolve(undefined)
  }
}
