/** A behaviour that finds something rare in a feature. */
export function behaviour({ name, camel, snake }) {
  const folder = 'packages/stream/src/behaviours'
  const title = `${name[0].toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`
  return {
    files: {
      [`${folder}/${name}.ts`]: `import { service } from '../features/service.ts'
import { rarity } from './rarity.ts'

export const ${camel} = rarity({
  id: '${snake}',
  family: 'reach',
  title: '${title}',
  techniques: ['T1078'],
  reads: service,
  noun: 'application',
})
`,
    },
    registry: { path: `${folder}/registry.ts`, entry: camel, from: `./${name}.ts` },
    next: `Say in ${folder}/${name}.ts which feature it reads, its family, title and ATT&CK techniques.
Not a rarity? Then write a behaviour of your own: dormant-account.ts is a short example.
Check it: npx vitest run tests packages/stream/src/behaviours`,
  }
}
