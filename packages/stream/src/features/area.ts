import { dimension } from './dimension.ts'
import { folderOf } from './folder.ts'

export const area = dimension({
  id: 'area',
  about: 'user',
  summary: 'Whole areas of files that a person works in: a share, a bucket, the top of a tree.',
  value: ({ event }) => folderOf(event.resource, 1),
})
