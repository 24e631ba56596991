#!/usr/bin/env node
import { existsSync } from 'node:fs'

const built = new URL('../dist/entry.js', import.meta.url)
if (existsSync(built)) {
  await import(built.href)
} else {
  process.stderr.write('error not-built: Heedful is not built yet\nwhat to do: npm ci && npm run build\n')
  process.exitCode = 2
}
