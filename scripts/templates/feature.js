/** A feature in the shape that most of them have: which values of one kind somebody is used to. */
export function feature({ name, camel }) {
  const folder = 'packages/stream/src/features'
  return {
    files: {
      [`${folder}/${name}.ts`]: `import { dimension } from './dimension.ts'

export const ${camel} = dimension({
  id: '${name}',
  about: 'user',
  summary: 'What a person touches inside an application, in one of its services.',
  value: ({ event }) => (event.resource === undefined ? undefined : \`\${event.service ?? ''} \${event.resource}\`),
})
`,
    },
    registry: { path: `${folder}/registry.ts`, entry: camel, from: `./${name}.ts` },
    next: `Say in ${folder}/${name}.ts which value an event shows, and whom it is remembered about.
Not a set of values? Then write a Feature of your own: silence.ts is a short example.
Check it: npx vitest run tests packages/stream/src/features`,
  }
}
