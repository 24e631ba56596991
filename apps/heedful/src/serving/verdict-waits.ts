/** Senders that wait for what is concluded of their lines. */
import type { Verdict } from '@heedful/stream'
import type { Span } from './group-commit.ts'

interface Wait extends Span {
  verdicts: Verdict[]
  resolve(verdicts: readonly Verdict[] | undefined): void
}

export class VerdictWaits {
  private readonly waits = new Set<Wait>()

  /** Undefined where it takes longer than `timeout` ms, or is folded already. */
  wait({ from, to }: Span, position: number, timeout: number): Promise<readonly Verdict[] | undefined> {
    if (position >= to) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const wait: Wait = { from, to, verdicts: [], resolve: (verdicts) => end(verdicts) }
      const end = (verdicts: readonly Verdict[] | undefined) => {
        clearTimeout(timer)
        this.waits.delete(wait)
        resolve(verdicts)
      }
      const timer = setTimeout(() => end(undefined), timeout)
      this.waits.add(wait)
    })
  }

  /** `position`: everything before it is folded. */
  tell(verdicts: readonly Verdict[], position: number): void {
    for (const wait of this.waits) {
      for (const verdict of verdicts) {
        if (verdict.position >= wait.from && verdict.position < wait.to) wait.verdicts.push(verdict)
      }
      if (position >= wait.to) wait.resolve(wait.verdicts)
    }
  }

  end(): void {
    for (const wait of this.waits) wait.resolve(undefined)
  }
}
