/** Which way imports may point: between workspaces, between the rooms of one workspace, and to packages of others. */
import { type Import, packageOf } from './imports.ts'
import { isTest, roomOf, workspaceOf } from './sources.ts'

/** Workspace → the workspaces that it may import. */
const WORKSPACES: Record<string, readonly string[]> = {
  'packages/detect': [],
  'packages/neural': ['packages/detect'],
  'packages/stream': ['packages/detect'],
  'packages/simulate': ['packages/stream', 'packages/detect'],
  'apps/heedful': ['packages/detect', 'packages/neural', 'packages/stream', 'packages/simulate'],
  'apps/dashboard': [],
}

/** Names of workspaces as they are imported. */
const PACKAGES = new Map([
  ['@heedful/detect', 'packages/detect'],
  ['@heedful/neural', 'packages/neural'],
  ['@heedful/stream', 'packages/stream'],
  ['@heedful/simulate', 'packages/simulate'],
  ['heedful', 'apps/heedful'],
])

/**
 * Room → the rooms (or single files) of its workspace that it may import; itself always. A room that is not listed may
 * import every room.
 */
const ROOMS: Record<string, Record<string, readonly string[]>> = {
  'packages/detect': {
    contracts: [],
    numerics: ['contracts'],
    metrics: ['contracts', 'numerics'],
    prepare: ['contracts', 'numerics'],
    calibrate: ['contracts', 'numerics', 'prepare'],
    drift: ['contracts', 'numerics'],
    detectors: ['contracts', 'numerics', 'prepare', 'calibrate'],
    explain: ['contracts', 'numerics', 'prepare'],
    onnx: ['contracts', 'numerics', 'prepare', 'detectors'],
    evaluate: ['contracts', 'numerics', 'metrics', 'prepare'],
    tune: ['contracts', 'numerics', 'metrics', 'prepare', 'detectors', 'calibrate'],
  },
  'packages/stream': {
    event: [],
    log: [],
    identity: ['event'],
    sources: ['event', 'log', 'identity', 'enrich/address', 'enrich/bounded-cache'],
    enrich: ['event'],
    memory: ['event', 'features/feature'],
    features: ['event', 'enrich', 'memory'],
    behaviours: ['event', 'enrich', 'features'],
    rules: ['event', 'enrich'],
    weigh: ['event', 'identity', 'enrich', 'memory', 'features', 'behaviours', 'rules'],
    decide: ['event', 'log', 'identity', 'enrich', 'memory', 'features', 'behaviours', 'rules', 'weigh'],
  },
  'apps/dashboard': {
    contract: [],
    words: [],
    time: [],
    filters: ['contract'],
    http: ['contract'],
    charts: ['contract', 'words', 'time', 'shell'],
    parts: ['contract', 'words', 'time', 'http', 'live', 'shell', 'charts'],
    live: ['contract', 'words', 'http', 'filters', 'shell', 'parts'],
    shell: ['contract', 'words', 'time', 'http', 'live', 'parts', 'styles'],
  },
}

/** All that the simulator may know of the others: it is the ruler, so it knows nothing of what it measures. */
const SIMULATE_MAY: Record<string, readonly string[]> = {
  'packages/stream': ['event'],
  'packages/detect': ['contracts/random'],
}
/** The same by name, where the whole package is imported. */
const SIMULATE_MAY_NAME: Record<string, (names: readonly string[], typeOnly: boolean) => boolean> = {
  'packages/stream': (_, typeOnly) => typeOnly,
  'packages/detect': (names) => names.every((name) => name === 'Random' || name === 'createRandom'),
}

const where = ({ from, line }: Import): string => `${from}:${line}`

/** The workspace that an import reaches, if it is one of ours. */
function reached(imported: Import): string | undefined {
  const named = PACKAGES.get(packageOf(imported.specifier) ?? '')
  return named ?? (imported.target === undefined ? undefined : workspaceOf(imported.target))
}

export function checkWorkspaces(imports: readonly Import[]): string[] {
  const broken: string[] = []
  for (const imported of imports) {
    const from = workspaceOf(imported.from)
    const to = reached(imported)
    if (from === undefined || to === undefined || from === to) continue
    if (imported.specifier.startsWith('.')) {
      broken.push(`${where(imported)} reaches into ${to} by a relative path: import it by its package's name.`)
    } else if (!(WORKSPACES[from] ?? []).includes(to)) {
      broken.push(`${where(imported)} imports ${imported.specifier}, but no arrow runs from ${from} to ${to}.`)
    }
  }
  return broken
}

export function checkSimulator(imports: readonly Import[]): string[] {
  const broken: string[] = []
  for (const imported of imports) {
    const to = reached(imported)
    if (workspaceOf(imported.from) !== 'packages/simulate' || isTest(imported.from)) continue
    if (to === undefined || to === 'packages/simulate') continue
    const allowed =
      imported.target === undefined
        ? SIMULATE_MAY_NAME[to]?.(imported.names, imported.typeOnly)
        : SIMULATE_MAY[to]?.some((file) => imported.target === `${to}/src/${file}.ts`)
    if (allowed !== true) {
      broken.push(
        `${where(imported)} imports ${imported.specifier}: the simulator may know the vocabulary of events (types of @heedful/stream) and random numbers (@heedful/detect/contracts/random), nothing of what it measures.`,
      )
    }
  }
  return broken
}

/** Tests may look into other rooms; what runs may not. */
export function checkRooms(imports: readonly Import[]): string[] {
  const broken: string[] = []
  for (const imported of imports) {
    const { from, target } = imported
    const workspace = workspaceOf(from)
    if (workspace === undefined || target === undefined || workspaceOf(target) !== workspace || isTest(from)) continue
    const [room, to] = [roomOf(from), roomOf(target)]
    if (room === undefined || to === undefined || room === to) continue
    const may = ROOMS[workspace]?.[room]
    if (may === undefined || may.some((room) => room === to || `${workspace}/src/${room}.ts` === target)) continue
    const allowed = may.length === 0 ? 'nothing' : may.join(', ')
    broken.push(`${where(imported)}: ${room}/ may import ${allowed}, not ${to}/ (${imported.specifier}).`)
  }
  return broken
}

/** Only apps open anything. */
export function checkNode(imports: readonly Import[]): string[] {
  const opened = imports.filter(
    ({ from, specifier }) => from.startsWith('packages/') && !isTest(from) && specifier.startsWith('node:'),
  )
  return opened.map(
    (imported) => `${where(imported)} imports ${imported.specifier}: packages are pure, only apps open anything.`,
  )
}

/** What runs imports only packages that its own package.json lists. */
export function checkDependencies(
  imports: readonly Import[],
  listed: ReadonlyMap<string, readonly string[]>,
): string[] {
  const broken: string[] = []
  for (const imported of imports) {
    const workspace = workspaceOf(imported.from)
    const name = packageOf(imported.specifier)
    if (workspace === undefined || name === undefined || isTest(imported.from)) continue
    if (listed.get(workspace)?.includes(name)) continue
    broken.push(`${where(imported)} imports ${name}, which ${workspace}/package.json does not list.`)
  }
  return broken
}

/** Circles of what is loaded: an import of types alone is erased, so nothing waits for itself. */
export function checkCycles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, target, typeOnly } of imports) {
    if (target !== undefined && !typeOnly && !isTest(from)) next.set(from, [...(next.get(from) ?? []), target])
  }
  const broken: string[] = []
  const done = new Set<string>()
  const visit = (file: string, trail: readonly string[]): void => {
    const at = trail.indexOf(file)
    if (at >= 0) {
      broken.push(`These files import each other in a circle: ${[...trail.slice(at), file].join(' → ')}.`)
      return
    }
    if (done.has(file)) return
    for (const target of next.get(file) ?? []) visit(target, [...trail, file])
    done.add(file)
  }
  for (const file of [...next.keys()].sort()) visit(file, [])
  return broken
}
