import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Packs scripts and styles once, so that the server never has to. */
const packed = {
  name: 'packed',
  writeBundle({ dir }) {
    const assets = join(dir, 'assets')
    for (const name of readdirSync(assets)) {
      if (!/\.(?:js|css|svg)$/.test(name)) continue
      const bytes = readFileSync(join(assets, name))
      writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }))
      writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes))
    }
  },
}

/** The server serves `dist`; no file is inlined, as the page's policy forbids that. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), packed],
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 600,
  },
  server: { proxy: { '/v1': `http://127.0.0.1:${process.env['HEEDFUL_PORT'] ?? 8787}` } },
})
