/** Markdown as far as the tests need it: its code blocks and its links. */
import type { SourceFile } from './sources.ts'

export interface CodeBlock {
  path: string
  /** Line of the opening fence, from 1. */
  line: number
  language: string
  /** What stands after the language: `no-run`. */
  note: string
  code: string
}

/** Fenced blocks of three backticks, also indented ones in lists. */
export function readBlocks({ path, text }: SourceFile): CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open: { indent: string; line: number; info: string; lines: string[] } | undefined
  for (const [at, line] of text.split('\n').entries()) {
    const fence = /^(\s*)```(.*)$/.exec(line)
    if (open === undefined) {
      if (fence) open = { indent: fence[1] as string, line: at + 1, info: (fence[2] as string).trim(), lines: [] }
    } else if (fence && fence[2]?.trim() === '') {
      const [language = '', ...rest] = open.info.split(/\s+/)
      blocks.push({ path, line: open.line, language, note: rest.join(' '), code: `${open.lines.join('\n')}\n` })
      open = undefined
    } else open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line)
  }
  if (open !== undefined) throw new Error(`${path}:${open.line}: this code block is never closed`)
  return blocks
}

export interface Link {
  path: string
  line: number
  target: string
  /** What the link's text names, where it is code: `openFold`. */
  named?: string
}

/** Links and images of Markdown, and href and src of HTML and SVG, outside code blocks. */
export function readLinks({ path, text }: SourceFile): Link[] {
  const prose = text.replaceAll(/^(\s*)```[\s\S]*?^\s*```\s*$/gm, (block) => block.replaceAll(/[^\n]/g, ''))
  const links: Link[] = []
  for (const [at, line] of prose.split('\n').entries()) {
    for (const found of line.matchAll(/(?:`([^`]+)`)?\]\(([^)\s]+)[^)]*\)|(?:href|src|srcset)="([^"]+)"/g)) {
      const [, named, target = found[3] as string] = found
      links.push({ path, line: at + 1, target, ...(named === undefined ? {} : { named }) })
    }
  }
  return links
}
