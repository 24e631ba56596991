/** What measures of one labelled log have alike: options, the log, the report and where it is kept. */
import { parseArgs } from 'node:util'
import { labelledLog } from '../attacks/rulers.js'
import { writeResult } from './write.js'

const SIZE = { ruler: 'first', users: '300', days: '42', seed: '1' }

const helpOf = (name, own) => `npm run bench -- ${name} [options]
${own.map((line) => `  ${line}\n`).join('')}  --ruler first       whose log (default first)
  --users 300 --days 42 --seed 1
  --write             keep the report in bench/results/${name}.md`

/**
 * Makes the `main` of a bench. `options`: its own texts and their defaults, `help`: a line for each. `measure(log, values)`
 * gives the report; it may set `process.exitCode`.
 */
export function measureOneLog({ name, title, options = {}, help = [], measure }) {
  const texts = Object.entries({ ...options, ...SIZE }).map(([key, value]) => [key, { type: 'string', default: value }])
  const flags = ['write', 'help'].map((key) => [key, { type: 'boolean', default: false }])
  return async (words) => {
    const { values } = parseArgs({ args: words, options: Object.fromEntries([...texts, ...flags]) })
    if (values.help) return console.log(helpOf(name, help))
    const { ruler } = values
    const [seed, users, days] = [values.seed, values.users, values.days].map(Number)
    const log = await labelledLog({ ruler, seed, users, days })
    console.error(`${log.lines.length} events of the ${ruler} ruler`)
    const body = await measure(log, values)
    console.log(body)
    if (values.write) writeResult(name, title, `npm run bench -- ${name} ${words.join(' ')}`, body)
  }
}
