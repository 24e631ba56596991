import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['heedful-source'] },
  ssr: { resolve: { conditions: ['heedful-source', 'node', 'import', 'default'] } },
  test: {
    include: ['{packages,apps}/*/src/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'threads',
    // Tests of servers and pages wait for other processes: two workers on two cores are not too many.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: ['default', './tests/house/skipped-reporter.ts'],
  },
})
