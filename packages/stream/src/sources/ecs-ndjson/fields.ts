/**
 * Which fields of the Elastic Common Schema (8.17) are read, and into which slot. Documents may nest them, dot them
 * (`"source.ip": …`), or both. What is not listed is kept as text.
 */
import { isDeeper, isMembers, type Members } from '../json/document.ts'
import { memberText } from '../json/unmapped.ts'

/** In the order of the slots. Two paths may share a meaning; `to-event.ts` says which one goes first. */
export const PATHS = [
  '@timestamp',
  'ecs.version',
  'event.id',
  'event.kind',
  'event.category',
  'event.type',
  'event.action',
  'event.outcome',
  'event.reason',
  'event.count',
  'event.provider',
  'event.module',
  'error.code',
  'error.message',
  'user.name',
  'user.id',
  'user.email',
  'user.domain',
  'user.department',
  'user.roles',
  'user.type',
  'user.group',
  'user.group.name',
  'user.target.name',
  'user.target.domain',
  'user.target.group.name',
  'user.target.roles',
  'user.effective.name',
  'user.effective.domain',
  'user.effective.group.name',
  'user.effective.roles',
  'group.name',
  'source.ip',
  'source.address',
  'source.domain',
  'source.port',
  'source.bytes',
  'source.geo.country_iso_code',
  'source.geo.region_name',
  'source.geo.city_name',
  'source.geo.location',
  'source.geo.location.lat',
  'source.geo.location.lon',
  'source.as.number',
  'source.as.organization.name',
  'client.ip',
  'client.port',
  'destination.ip',
  'destination.port',
  'destination.domain',
  'destination.bytes',
  'network.bytes',
  'http.response.bytes',
  'http.response.body.bytes',
  'http.request.bytes',
  'http.request.body.bytes',
  'host.name',
  'host.hostname',
  'host.ip',
  'host.os.name',
  'host.os.full',
  'user_agent.original',
  'user_agent.os.name',
  'user_agent.os.full',
  'device.id',
  'service.name',
  'application',
  'application.name',
  'file.path',
  'file.name',
  'file.size',
  'url.path',
  'url.original',
  'process.name',
  'process.command_line',
  'tls.client.hash.sha256',
  'tls.client.hash.sha1',
  'tls.client.hash.md5',
  'labels.department',
  'labels.auth_method',
  'labels.key_fingerprint',
  'labels.mfa',
  'labels.application',
] as const

export type Path = (typeof PATHS)[number]

/** Where the value of a path stands. */
export const SLOT = Object.fromEntries(PATHS.map((path, slot) => [path, slot])) as Record<Path, number>

interface Node {
  /** −1 where the path only leads on. */
  slot: number
  children: Map<string, Node>
}

const startNode = (): Node => ({ slot: -1, children: new Map() })

function buildTree(): Node {
  const root = startNode()
  PATHS.forEach((path, slot) => {
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

const TREE = buildTree()

/** Known values by slot, and the rest. */
export interface Fields {
  values: unknown[]
  /** JSON members of what is not known, in the order of the line. */
  rest: string[]
  /** Nested deeper than is read. */
  tooDeep: boolean
}

function descend(from: Node, key: string): Node | undefined {
  const direct = from.children.get(key)
  if (direct !== undefined || !key.includes('.')) return direct
  let node: Node | undefined = from
  for (const part of key.split('.', 8)) {
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

const EMPTY: readonly unknown[] = PATHS.map(() => undefined)

/** Sorts the members of a document. Its keys are read, never used as property names. */
export function sortFields(document: Members): Fields {
  const fields: Fields = { values: EMPTY.slice(), rest: [], tooDeep: false }
  walk(document, TREE, '', fields)
  return fields
}
