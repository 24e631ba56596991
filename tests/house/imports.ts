/** What a source file imports, read from its syntax tree (so a comment or a text imports nothing). */
import { posix } from 'node:path'
import ts from 'typescript'
import type { SourceFile } from './sources.ts'

export interface Import {
  from: string
  /** Line of the import, from 1. */
  line: number
  specifier: string
  /** Path from the root for relative imports and for those of our own packages' subpaths; else undefined. */
  target?: string
  /** Names that are imported; `*` for all of them. */
  names: string[]
  /** Erased by the compiler. */
  typeOnly: boolean
}

function namesOf(clause: ts.ImportClause | undefined): string[] {
  if (clause === undefined) return []
  const named = clause.namedBindings
  const rest =
    named === undefined
      ? []
      : ts.isNamespaceImport(named)
        ? ['*']
        : named.elements.map((e) => (e.propertyName ?? e.name).text)
  return clause.name === undefined ? rest : ['default', ...rest]
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const named = clause.namedBindings
  if (clause.name !== undefined || named === undefined || ts.isNamespaceImport(named)) return false
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly)
}

function exportedNames(node: ts.ExportDeclaration): string[] {
  const clause = node.exportClause
  if (clause === undefined || ts.isNamespaceExport(clause)) return ['*']
  return clause.elements.map((element) => (element.propertyName ?? element.name).text)
}

function exportsTypesOnly(node: ts.ExportDeclaration): boolean {
  if (node.isTypeOnly) return true
  const clause = node.exportClause
  return clause !== undefined && ts.isNamedExports(clause) && clause.elements.every((element) => element.isTypeOnly)
}

function readNode(node: ts.Node): { specifier: ts.Expression; names: string[]; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node)) {
    return {
      specifier: node.moduleSpecifier,
      names: namesOf(node.importClause),
      typeOnly: isTypeOnly(node.importClause),
    }
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { specifier: node.moduleSpecifier, names: exportedNames(node), typeOnly: exportsTypesOnly(node) }
  }
  if (
    ts.isCallExpression(node) &&
    node.expression.kind === ts.SyntaxKind.ImportKeyword &&
    node.arguments[0] !== undefined
  ) {
    return { specifier: node.arguments[0], names: ['*'], typeOnly: false }
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: node.argument.literal as ts.Expression, names: ['*'], typeOnly: true }
  }
  return undefined
}

function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  const own = /^@heedful\/([^/]+)\/(.+)$/.exec(specifier)
  return own ? `packages/${own[1]}/src/${own[2]}.ts` : undefined
}

export function readImports({ path, text }: SourceFile): Import[] {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    const read = readNode(node)
    if (read !== undefined && ts.isStringLiteralLike(read.specifier)) {
      const specifier = read.specifier.text
      const target = resolve(path, specifier)
      const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1
      found.push({
        from: path,
        line,
        specifier,
        names: read.names,
        typeOnly: read.typeOnly,
        ...(target === undefined ? {} : { target }),
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

/** The package that a bare specifier names: `@a/b` of `@a/b/c`; undefined for relative ones and Node's own. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined
  return /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[0]
}
