/** What would make two machines, two versions of Node or two time zones disagree, and what to write instead. */
import ts from 'typescript'
import type { SourceFile } from './sources.ts'

const CALLS = new Map([
  ['Math.pow', 'its bits differ between versions of Node; multiply, or use Math.exp of a product (see decay)'],
  ['Math.random', 'nobody can repeat it; take a Random and split it'],
  ['Date.now', 'a pure room has no clock; take the time from the event or the record'],
])

const MEMBERS = new Map([
  ['localeCompare', 'its order differs between machines; compare with < and >'],
  ...['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toLocaleLowerCase', 'toLocaleUpperCase'].map(
    (name): [string, string] => [name, 'its answer differs between machines; write the format out'],
  ),
  ...['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'].flatMap(
    (part): [string, string][] => [
      [`get${part}`, `it answers in the machine's time zone; use getUTC${part}`],
      ...(part === 'Day'
        ? []
        : [[`set${part}`, `it counts in the machine's time zone; use setUTC${part}`] as [string, string]]),
    ],
  ),
  ['getTimezoneOffset', "it asks for the machine's time zone; use the door's"],
])

function judge(node: ts.Node): string | undefined {
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind
    if (operator === ts.SyntaxKind.AsteriskAsteriskToken || operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken) {
      return '**: its bits differ between versions of Node; multiply, or use Math.exp of a product (see decay)'
    }
  }
  if (ts.isPropertyAccessExpression(node)) {
    const name = node.name.text
    const full = ts.isIdentifier(node.expression) ? `${node.expression.text}.${name}` : name
    const why = CALLS.get(full) ?? MEMBERS.get(name)
    if (why !== undefined) return `${CALLS.has(full) ? full : name}: ${why}`
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Date') {
    const given = node.arguments?.length ?? 0
    if (given === 0) return 'new Date(): a pure room has no clock; take the time from the event or the record'
    if (given > 1) return "new Date(year, month …): it counts in the machine's time zone; use Date.UTC"
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Date') {
    return 'Date(): a pure room has no clock; take the time from the event or the record'
  }
  return undefined
}

export function checkBans({ path, text }: SourceFile): string[] {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const broken: string[] = []
  const visit = (node: ts.Node): void => {
    const why = judge(node)
    if (why !== undefined) {
      broken.push(`${path}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} uses ${why}.`)
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return broken
}

const LONGEST_FILE = 400

/** A file that nears 400 lines has a second thing in it. */
export function checkLength({ path, text }: SourceFile): string[] {
  const lines = text.split('\n').length - 1
  return lines > LONGEST_FILE
    ? [`${path} has ${lines} lines, more than ${LONGEST_FILE}: name the second thing in it and give it a file.`]
    : []
}

/** Names of places that hold everything, and therefore nothing. */
export function checkNames({ path }: SourceFile): string[] {
  const vague = /(?:^|\/)(utils?|helpers?|common|misc|manager|shared)(?=[./])/.exec(path)
  return vague ? [`${path}: "${vague[1]}" says nothing; name the thing that is in it.`] : []
}
