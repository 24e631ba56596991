import { dimension } from './dimension.ts'

export const country = dimension({
  id: 'country',
  about: 'user',
  summary: 'Countries that a person comes from.',
  value: ({ context, inside }) => (inside ? undefined : context.place?.country),
})
