/** Adds one entry to a registry: an import, and a name in its list. */

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

/** Which file each name of the registry comes from, without its folder and ending. */
function fileNames(text) {
  const names = new Map()
  for (const [, list, from] of text.matchAll(/^import \{([^}]*)\} from '([^']+)'/gm)) {
    for (const name of list.split(',')) names.set(name.trim(), from.replace(/^.*\//, '').replace(/\.ts$/, ''))
  }
  return names
}

/** The list with the entry in it: in its place where two or more entries stand in the order of their files, else last. */
function withEntry(body, entry, names) {
  const entries = body.split(',').map((each) => each.trim())
  const files = entries.filter((each) => each !== '').map((each) => names.get(each))
  const sorted = files.length > 1 && files.every((file, i) => file !== undefined && !(file < files[i - 1]))
  const before = sorted ? files.findIndex((file) => names.get(entry) < file) : -1
  if (before >= 0) return `${entries.toSpliced(before, 0, `\n  ${entry}`).join(', ')}\n`
  const comma = body.trim() === '' || body.endsWith(',') ? '' : ','
  return `${body}${comma}\n  ${entry},\n`
}

/**
 * @param {string} text of the registry
 * @param {{ entry: string, from: string }} line the name to add, and the file that exports it
 * @returns {string} the new text; the formatter puts the import in its place
 */
export function register(text, { entry, from }) {
  if (new RegExp(`\\b${entry}\\b`).test(text)) throw new Error(`the registry names ${entry} already`)
  const imported = `import { ${entry} } from '${from}'\n`
  const { open, close } = findList(text)
  const list = withEntry(text.slice(open + 1, close).trimEnd(), entry, fileNames(text + imported))
  const listed = text.slice(0, open + 1) + list + text.slice(close)
  const lastImport = [...listed.matchAll(/^import [^;]*? from '[^']+'\n/gm)].at(-1)
  const at = lastImport === undefined ? 0 : lastImport.index + lastImport[0].length
  return listed.slice(0, at) + imported + listed.slice(at)
}
