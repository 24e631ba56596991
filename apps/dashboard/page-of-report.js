/** How the page of a report is built into one file: what a command writes is that file with its data in it. */
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Inside a script neither its end nor the start of a comment may stand, also not in a text. */
const inline = (code) => code.replace(/<\/(?=script)/gi, '<\\/').replace(/<!--/g, '\\x3C!--')

const htmlOf = (script, style) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:; font-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Heedful report</title>
<style>${style}</style>
</head>
<body>
<div id="root"></div>
<noscript>This page needs JavaScript; what it shows is in this file, and goes nowhere.</noscript>
<script type="application/json" id="given"></script>
<script>${script}</script>
</body>
</html>
`

/** Scripts and styles become parts of the one file. */
const oneFile = (fileName) => ({
  name: 'one-file',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      let [script, style] = ['', '']
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') script += file.code
        else if (name.endsWith('.css')) style += file.source
        else this.error(`${name} is not inlined: a report is one file`)
        delete bundle[name]
      }
      if (script === '' || style === '') this.error('a report needs a script and styles')
      if (/<\/style/i.test(style)) this.error('the styles would end the element that they stand in')
      this.emitFile({ type: 'asset', fileName, source: htmlOf(inline(script), style) })
    },
  },
})

/** @param {string} name of the page: built from `src/NAME/main.tsx` into `dist/report/NAME.html` */
export const pageOfReport = (name) => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), oneFile(`${name}.html`)],
  build: {
    outDir: 'dist/report',
    emptyOutDir: false,
    assetsInlineLimit: 1024 * 1024,
    cssCodeSplit: false,
    modulePreload: false,
    target: ['chrome123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 800,
    rollupOptions: {
      input: fileURLToPath(new URL(`src/${name}/main.tsx`, import.meta.url)),
      output: { format: 'iife' },
    },
  },
})
