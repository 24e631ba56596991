import { dimension } from './dimension.ts'

/** The first parts of a path, a bucket or a table's name: where a thing belongs, not which thing it is. */
export function folderOf(resource: string | undefined, depth: number): string | undefined {
  if (resource === undefined) return undefined
  const parts = resource.split(/[/\\]+/, depth + 3).filter((part) => part !== '')
  return parts.length <= 1 ? undefined : parts.slice(0, Math.min(depth, parts.length - 1)).join('/')
}

export const folder = dimension({
  id: 'folder',
  about: 'user',
  summary: 'Folders that a person works in.',
  value: ({ event }) => folderOf(event.resource, 2),
  bounds: { capacity: 32 },
})
