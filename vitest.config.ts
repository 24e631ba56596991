import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['heedful-source'] },
  ssr: { resolve: { conditions: ['heedful-source', 'node', 'import', 'default'] } },
  test: {
    include: ['{packages,apps}/*/src/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 30_000,
    pool: 'threads',
    reporters: ['default', './tests/house/skipped-reporter.ts'],
  },
})
