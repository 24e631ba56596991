/** `heedful map FILE`: proposes a mapping for any CSV or JSON lines, from the names and values in it. */
import { Command } from 'commander'
import { readTimezone } from '../config/durations.ts'
import { ExitCode } from '../exit-codes.ts'
import { writeAtomically } from '../exports/atomic-file.ts'
import { type Input, inputOf } from '../intake/bytes.ts'
import { type Spool, spool } from '../intake/spool.ts'
import { bindMapping } from '../mapping/bind-mapping.ts'
import { readMappingText } from '../mapping/mapping-file.ts'
import { type Proposal, propose } from '../mapping/propose.ts'
import { readSample, type Sample } from '../mapping/sample.ts'
import { readShape } from '../mapping/shape.ts'
import { type Trial, tryOut } from '../mapping/try-out.ts'
import { sureness, writeYaml } from '../mapping/write-yaml.ts'
import { colours } from '../terminal/colours.ts'
import { plainText, shorten } from '../terminal/plain-text.ts'
import { plural } from '../terminal/plural.ts'
import { wrapText } from '../terminal/wrap-text.ts'
import { type Terminal, widthOf } from './terminal.ts'

const EXAMPLES = `
Examples:
  $ heedful map portal.csv --out portal.yaml     look at it, mend it, then
  $ heedful scan portal.csv --map portal.yaml
  $ heedful map events.ndjson > events.yaml      the words go to the terminal, the mapping into the file

Only the beginning of the file is read (5,000 lines). A guess is a guess: each stands in the mapping with how sure it is.`

export function mapCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('map')
    .summary('propose how CSV or JSON lines of any shape are read')
    .description('Looks at names and values of a log of any shape, and writes a mapping that scan reads it by.')
    .argument('<file>', 'a log: CSV (also with ; tabulator or |) or JSON, one object a line; - is standard input')
    .option('--out <file>', 'write the mapping there (default: standard output)')
    .option('--timezone <zone>', 'zone of stamps that carry none, for the examples (default: UTC)', (value) =>
      readTimezone(value, '--timezone'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: MapArguments) => done(await runMap(file, options, terminal)))
}

interface MapArguments {
  out?: string
  timezone?: string
}

async function runMap(file: string, options: MapArguments, terminal: Terminal): Promise<number> {
  let spooled: Spool | undefined
  try {
    if (file === '-') spooled = await spool(terminal.in, terminal.signal)
    const input = spooled?.input ?? inputOf(file)
    return await mapInput(input, options, terminal)
  } finally {
    spooled?.remove()
  }
}

async function mapInput(input: Input, { out, timezone = 'UTC' }: MapArguments, terminal: Terminal): Promise<number> {
  const sample = await readSample(input)
  const proposal = propose(readShape(sample.lines, input.name), input.name)
  const yaml = writeYaml(proposal, aboutOf(input, sample, proposal))
  const trial =
    proposal.time === undefined
      ? undefined
      : tryOut(
          bindMapping(readMappingText(yaml, 'the mapping'), sample.lines, input.name),
          sample.lines,
          timezone,
          new Date(terminal.now()).getUTCFullYear(),
        )
  const words = wordsOf(input, proposal, trial, {
    out,
    width: widthOf(out === undefined ? terminal.err : terminal.out),
    typed: terminal.typed,
  })
  if (out === undefined) {
    terminal.out.write(yaml)
    terminal.err.write(words)
  } else {
    writeAtomically(out, [yaml])
    terminal.out.write(words)
  }
  return ExitCode.ok
}

const looked = ({ lines, cut }: Sample): string => `${cut ? 'the first ' : ''}${plural(lines.length, 'line')}`

function aboutOf({ name }: Input, sample: Sample, { missing }: Proposal): string[] {
  return [
    `How the lines of ${name} become events: proposed from ${looked(sample)}. Read it before you trust it.`,
    ...missing.map((text) => `Could not tell ${text}.`),
  ]
}

interface WordOptions {
  out: string | undefined
  width: number
  typed: string
}

const LABEL = 11

function entry(label: string, text: string, width: number): string {
  const lines = wrapText(plainText(text), Math.max(30, width - LABEL))
  return lines.map((line, at) => (at === 0 ? colours.bold(label.padEnd(LABEL)) : ' '.repeat(LABEL)) + line).join('\n')
}

function* guesses({ time, outcome, deed, fields, kind }: Proposal): Generator<string> {
  if (time !== undefined)
    yield `time from ${time.from.join(' and ')}, written as ${time.formats.join(' or ')} (${sureness(time.confidence)})`
  if (deed === undefined) yield `class is ${kind.class} for all (${sureness(kind.confidence)})`
  else
    yield `class and activity from ${deed.column}: ${plural(deed.groups.length, 'kind')} of acts known by rules (${sureness(deed.confidence)})`
  if (outcome !== undefined) yield `status from ${outcome.column} (${sureness(outcome.confidence)})`
  for (const { field, from, confidence } of fields)
    yield `${field} from ${from.join(', else ')} (${sureness(confidence)})`
}

function wordsOf(
  { name }: Input,
  proposal: Proposal,
  trial: Trial | undefined,
  { out, width, typed }: WordOptions,
): string {
  const { shape, missing, unused, labels, time } = proposal
  const { form } = shape
  const how =
    form.kind === 'json'
      ? 'JSON, one object a line'
      : `a table, ${nameOf(form.delimiter)} between fields, ${form.header ? 'named by its first line' : 'without a line that names its columns'}`
  const lines = [
    entry(
      'Read',
      `${name} is ${how}: ${plural(shape.records.length, 'record')}, ${plural(shape.columns.length, form.kind === 'json' ? 'path' : 'column')}${shape.odd > 0 ? `; ${plural(shape.odd, 'line')} of another shape` : ''}`,
      width,
    ),
  ]
  for (const text of guesses(proposal)) lines.push(entry('Guessed', text, width))
  for (const text of time?.remarks ?? []) lines.push(entry('Time', text, width))
  for (const text of missing) lines.push(entry('Not told', text, width))
  if (labels.length > 0)
    lines.push(entry('Left out', `${labels.join(', ')}: somebody's judgement, not what happened`, width))
  if (unused.length > 0)
    lines.push(entry('Kept', `as text, read by no judgement: ${shorten(unused.join(', '), 400)}`, width))
  if (trial !== undefined) lines.push(...trialLines(trial, width))
  const next =
    time === undefined
      ? `name the time in ${out ?? 'the mapping'} first: without it no line becomes an event`
      : out === undefined
        ? `${typed} map FILE --out mapping.yaml writes it to a file`
        : `read ${out}, mend it, then ${typed} scan ${name === 'standard input' ? 'FILE' : name} --map ${out}`
  return `${lines.join('\n')}\n${entry('Next', next, width)}\n`
}

const NAMES = new Map([
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabulators'],
])
const nameOf = (delimiter: string): string => NAMES.get(delimiter) ?? delimiter

function* trialLines({ events, refused, absorbed, example, examples }: Trial, width: number): Generator<string> {
  const why = example === undefined ? '' : `, the first because ${example.detail}: ${shorten(example.line, 120)}`
  yield entry(
    'Tried',
    `of these lines ${plural(events, 'event')}, ${plural(absorbed, 'line')} of no event, ${refused} refused${why}`,
    width,
  )
  for (const { line, fields } of examples) {
    yield ''
    yield colours.dim(shorten(plainText(line), width))
    for (const [field, text] of fields)
      yield `  ${field.padEnd(28)} ${shorten(plainText(text), Math.max(20, width - 31))}`
  }
  yield ''
}
