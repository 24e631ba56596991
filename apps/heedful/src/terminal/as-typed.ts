/** The lines that the program suggests, as the person who reads them can type them. */
import { basename, relative } from 'node:path'

/** Our own workspace: another project's `npm start` may run an installed Heedful, too. */
const WORKSPACE = 'heedful-workspace'

/** What was typed to start this program: `npm start --`, `npx heedful`, `heedful`, `node apps/heedful/bin/heedful.js`. */
export function typedBy(env: NodeJS.ProcessEnv, script: string, folder: string): string {
  if (env['npm_lifecycle_event'] === 'start' && env['npm_package_name'] === WORKSPACE) return 'npm start --'
  if (env['npm_command'] === 'exec') return 'npx heedful'
  return basename(script) === 'heedful' ? 'heedful' : `node ${relative(folder, script)}`
}

/** Texts say `heedful scan …`; columns behind such a line stay where they are, as far as there is room. */
export function asTyped(text: string, typed: string, commands: readonly string[]): string {
  const longer = typed.length - 'heedful'.length
  const line = new RegExp(`(?<!npx )\\bheedful( (?:${commands.join('|')}|COMMAND)\\b.*?)( {2,}|$)`, 'gm')
  return text.replace(
    line,
    (_, rest: string, gap: string) => `${typed}${rest}${gap.slice(Math.max(0, Math.min(longer, gap.length - 2)))}`,
  )
}
