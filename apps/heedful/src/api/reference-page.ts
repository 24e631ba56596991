/** `/openapi.json` for people: a page without a script, made when it is asked for. */

/** As much of OpenAPI and JSON Schema as our own document uses. */
export interface Schema {
  type?: string
  format?: string
  enum?: unknown[]
  description?: string
  default?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}

interface Content {
  description?: string
  content?: Record<string, { schema?: Schema }>
}

export interface Operation {
  summary?: string
  description?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema; description?: string }[]
  requestBody?: Content
  responses?: Record<string, Content>
}

export interface Description {
  info: { title: string; version: string; description?: string }
  paths: Record<string, Record<string, Operation>>
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
])
const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => ENTITIES.get(one) as string)

/** A schema as a type: `{ id: string; label: "benign" | null }`. */
export function typeText(schema: Schema | undefined, indent = ''): string {
  if (schema === undefined) return 'unknown'
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  if (schema.anyOf !== undefined) return schema.anyOf.map((one) => typeText(one, indent)).join(' | ')
  if (schema.type === 'array') {
    const inner = typeText(schema.items, indent)
    return schema.items?.anyOf === undefined ? `${inner}[]` : `(${inner})[]`
  }
  if (schema.properties !== undefined) return objectText(schema, `${indent}  `, indent)
  return schema.format === undefined ? (schema.type ?? 'unknown') : `${schema.type} (${schema.format})`
}

function objectText({ properties = {}, required = [] }: Schema, inner: string, outer: string): string {
  const lines = Object.entries(properties).map(([name, schema]) => {
    const said = schema.description === undefined ? '' : `  // ${schema.description}`
    return `${inner}${name}${required.includes(name) ? '' : '?'}: ${typeText(schema, inner)}${said}\n`
  })
  return `{\n${lines.join('')}${outer}}`
}

const bodies = ({ content = {} }: Content): string =>
  Object.entries(content)
    .map(
      ([type, { schema }]) =>
        `<p><code>${escaped(type)}</code></p><pre tabindex="0">${escaped(typeText(schema))}</pre>`,
    )
    .join('')

function parameters(all: NonNullable<Operation['parameters']>): string {
  if (all.length === 0) return ''
  const rows = all.map(({ name, in: place, required, schema, description }) => {
    const usual = schema?.default === undefined ? '' : ` Usually ${JSON.stringify(schema.default)}.`
    const said = `${description ?? schema?.description ?? ''}${usual}`
    return `<tr><th scope="row"><code>${escaped(name)}</code></th><td>${escaped(place)}${required === true ? ', required' : ''}</td><td><code>${escaped(typeText(schema))}</code></td><td>${escaped(said)}</td></tr>`
  })
  return `<div class="wide" tabindex="0" role="region" aria-label="Parameters"><table><thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

function operation(path: string, method: string, one: Operation): string {
  const responses = Object.entries(one.responses ?? {}).filter(([status]) => status !== 'default')
  const body = one.requestBody === undefined ? '' : `<h3>Body</h3>${bodies(one.requestBody)}`
  const answers = responses.map(([status, said]) => `<h3>Answer ${escaped(status)}</h3>${bodies(said)}`)
  return `<details><summary><b>${method.toUpperCase()}</b> <code>${escaped(path)}</code> <span>${escaped(one.summary ?? '')}</span></summary>${one.description === undefined ? '' : `<p>${escaped(one.description)}</p>`}${parameters(one.parameters ?? [])}${body}${answers.join('')}</details>`
}

export function referencePage({ info, paths }: Description): string {
  const byTag = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, one] of Object.entries(methods)) {
      const tag = one.tags?.[0] ?? 'other'
      byTag.set(tag, [...(byTag.get(tag) ?? []), operation(path, method, one)])
    }
  }
  const sections = [...byTag].map(([tag, all]) => `<section><h2>${escaped(tag)}</h2>${all.join('')}</section>`)
  const { title, version, description = '' } = info
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}: what there is to ask</title><link rel="stylesheet" href="/api.css"></head><body>
<header><h1>${escaped(title)} <small>${escaped(version)}</small></h1><p>${escaped(description)} The same for programs: <a href="/openapi.json">/openapi.json</a>. <a href="/">To the alerts</a></p>
<p>What is refused is answered as <code>application/problem+json</code> with a <code>code</code> that stays the same. Where the server can be reached from other machines, send <code>Authorization: Bearer hf_…</code>.</p></header>
<main>${sections.join('')}</main></body></html>
`
}

export const REFERENCE_STYLE = `:root { color-scheme: light dark; --line: #d5d9e0; --soft: #f4f5f7; --strong: #1d4ed8 }
@media (prefers-color-scheme: dark) { :root { --line: #39404d; --soft: #1c2129; --strong: #93b4ff } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem }
a, summary b { color: var(--strong) }
h2 { text-transform: capitalize; border-bottom: 1px solid var(--line) }
h3 { font-size: 1rem }
summary { padding: .5rem; cursor: pointer; overflow-wrap: anywhere }
summary b { display: inline-block; min-width: 4.5rem }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: 0 .5rem }
pre, .wide { background: var(--soft); border-radius: .4rem; overflow-x: auto; padding: .6rem }
code, pre { font: .875rem/1.45 ui-monospace, monospace }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0 }
`
