/**
 * AssemblyScript → WebAssembly → base64 in a committed `.gen.ts`. `npm run kernels` rebuilds; `npm run kernels -- --check`
 * fails where what is committed is not what the sources give.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const here = dirname(fileURLToPath(import.meta.url))
const target = join(here, '..', 'src', 'numerics', 'kernels')

async function compile(name) {
  let binary
  const flags = ['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd']
  const { error, stderr } = await asc.main([`${name}.ts`, ...flags, '--outFile', `${name}.wasm`], {
    readFile: (file) => {
      try {
        return readFileSync(join(here, file), 'utf8')
      } catch {
        return null
      }
    },
    writeFile: (_file, contents) => {
      binary = contents
    },
    listFiles: () => [],
  })
  if (error) throw new Error(`${name}.ts does not compile:\n${stderr.toString()}`)
  return binary
}

function generated(name, binary) {
  return [
    `/** Built from kernels/${name}.ts by \`npm run kernels\`: ${binary.length} bytes of WebAssembly. Do not edit. */`,
    `export const ${name}Wasm = '${Buffer.from(binary).toString('base64')}'`,
    '',
  ].join('\n')
}

const check = process.argv.includes('--check')
const names = readdirSync(here)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
  .sort()
for (const name of names) {
  const file = join(target, `${name}.gen.ts`)
  const text = generated(name, await compile(name))
  if (!check) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${name}.gen.ts is not what kernels/${name}.ts gives: run "npm run kernels" and commit the result`)
    process.exitCode = 1
  }
  console.log(`${name}: ${check ? 'compared' : 'built'}`)
}
