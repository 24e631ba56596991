/** What a scan concludes when it keeps nothing: alerts stay, verdicts are handed on as they come, refused lines are counted elsewhere. */
import type { Alert, Verdict } from '@heedful/stream'
import { byTime, type Store } from './store.ts'

export function openMemoryStore(onVerdicts?: (verdicts: readonly Verdict[]) => void): Store {
  const alerts = new Map<string, Alert>()
  return {
    snapshot: undefined,
    forgetMemory() {},
    keep: async ({ position }) => ({ position, file: '', written: 0 }),
    commit(groups) {
      for (const group of groups) {
        for (const [id, alert] of group.alerts) alerts.set(id, alert)
        onVerdicts?.(group.verdicts)
      }
    },
    count: () => false,
    checkpoint: () => undefined,
    settle: async () => {},
    keepProvisional(concluded) {
      for (const [id, alert] of concluded.alerts) alerts.set(id, alert)
      onVerdicts?.(concluded.verdicts)
    },
    alerts: () => [...alerts.values()].sort(byTime),
    verdictsOf: () => [],
    verdicts: () => [],
    close() {},
  }
}
