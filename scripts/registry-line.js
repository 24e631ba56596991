/** Adds one entry to a registry: an import, and a name before the bracket that closes its list. */

export const camelCase = (name) => name.replaceAll(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase())

/** Where the list `export const xs… = [` (or `new Map([`) opens and closes; brackets inside texts and comments do not count. */
function findList(text) {
  const start = /^(?:export )?const \w+[^=]*=\s*(?:[\w.\s]+\()?\[/m.exec(text)
  if (start === null) throw new Error('the registry holds no list (const … = [ … ])')
  const open = start.index + start[0].length - 1
  const skip = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|[[\]]/g
  skip.lastIndex = open
  let depth = 0
  for (let found = skip.exec(text); found !== null; found = skip.exec(text)) {
    if (found[0] === '[') depth++
    else if (found[0] === ']' && --depth === 0) return { open, close: found.index }
  }
  throw new Error('the list of the registry is never closed')
}

/**
 * @param {string} text of the registry
 * @param {{ entry: string, from: string }} line the name to add, and the file that exports it
 * @returns {string} the new text; the formatter puts the import in its place
 */
export function register(text, { entry, from }) {
  if (new RegExp(`\\b${entry}\\b`).test(text)) throw new Error(`the registry names ${entry} already`)
  const { open, close } = findList(text)
  const body = text.slice(open + 1, close).trimEnd()
  const comma = body.trim() === '' || body.endsWith(',') ? '' : ','
  const imported = `import { ${entry} } from '${from}'\n`
  const withEntry = `${text.slice(0, open + 1)}${body}${comma}\n  ${entry},\n${text.slice(close)}`
  const lastImport = [...withEntry.matchAll(/^import [^;]*? from '[^']+'\n/gm)].at(-1)
  const at = lastImport === undefined ? 0 : lastImport.index + lastImport[0].length
  return withEntry.slice(0, at) + imported + withEntry.slice(at)
}
