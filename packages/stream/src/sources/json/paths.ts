/**
 * Known paths of a document, and the rest. Documents may nest them, dot them (`"source.ip": …`), or both; their keys are
 * read, never used as property names.
 */
import { isDeeper, isMembers, type Members } from './document.ts'
import { memberText } from './unmapped.ts'

/** Parts that a path may have. */
export const MOST_PARTS = 8

/** Known values by slot, and the rest. */
export interface Fields {
  values: unknown[]
  /** JSON members of what is not known, in the order of the line. */
  rest: string[]
  /** Nested deeper than is read. */
  tooDeep: boolean
}

interface Node {
  /** −1 where the path only leads on. */
  slot: number
  children: Map<string, Node>
}

const startNode = (): Node => ({ slot: -1, children: new Map() })

function buildTree(paths: readonly string[]): Node {
  const root = startNode()
  paths.forEach((path, slot) => {
    let node = root
    for (const part of path.split('.')) {
      const next = node.children.get(part) ?? startNode()
      node.children.set(part, next)
      node = next
    }
    node.slot = slot
  })
  return root
}

function descend(from: Node, key: string): Node | undefined {
  const direct = from.children.get(key)
  if (direct !== undefined || !key.includes('.')) return direct
  let node: Node | undefined = from
  for (const part of key.split('.', MOST_PARTS)) {
    node = node?.children.get(part)
    if (node === undefined) return undefined
  }
  return node
}

function keep(fields: Fields, path: string, value: unknown): void {
  if (isDeeper(value)) fields.tooDeep = true
  else fields.rest.push(memberText(path, value))
}

function walk(members: Members, node: Node, prefix: string, fields: Fields): void {
  for (const key of Object.keys(members)) {
    const value = members[key]
    if (value === null) continue
    const child = descend(node, key)
    if (child === undefined) keep(fields, prefix + key, value)
    else if (child.children.size > 0 && isMembers(value)) walk(value, child, `${prefix}${key}.`, fields)
    else if (child.slot < 0 || isMembers(value) || fields.values[child.slot] !== undefined)
      keep(fields, prefix + key, value)
    else fields.values[child.slot] = value
  }
}

/** `paths` in the order of their slots → what sorts the members of a document. */
export function pathSorter(paths: readonly string[]): (document: Members) => Fields {
  const tree = buildTree(paths)
  const empty: readonly unknown[] = paths.map(() => undefined)
  return (document) => {
    const fields: Fields = { values: empty.slice(), rest: [], tooDeep: false }
    walk(document, tree, '', fields)
    return fields
  }
}
