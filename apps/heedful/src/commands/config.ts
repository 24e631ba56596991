/** `heedful config`: checks a configuration of `serve`, shows an example, or the schema for editors. */
import { Command } from 'commander'
import { readSettings } from '../config/read-settings.ts'
import { settingsSchema } from '../config/server-settings.ts'
import { CommandError } from '../errors.ts'
import { ExitCode } from '../exit-codes.ts'
import type { Terminal } from './terminal.ts'

export const EXAMPLE = `# yaml-language-server: $schema=./heedful.schema.json
# Every key may be left out. heedful config --schema > heedful.schema.json makes the schema of the line above.
data: ./heedful-data
host: 127.0.0.1
port: 8787
budget: 20/day
warmup: 14d
seed: 1
timezone: Europe/Berlin
limits:
  requests_per_second: 5000
  users: 1000000
  hosts: 100000
  addresses: 2000000
files:
  - path: /var/log/auth.log
    format: auth-log
    source: gateway
`

interface ConfigArguments {
  schema?: boolean
  example?: boolean
}

export function configCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('config')
    .summary('check a configuration file of serve, or show an example or the schema')
    .description('Checks a configuration file of heedful serve.')
    .argument('[file]', 'the file to check')
    .option('--schema', 'print the JSON schema, for editors')
    .option('--example', 'print an example with every key')
    .action((file: string | undefined, options: ConfigArguments) => {
      terminal.out.write(answer(file, options))
      done(ExitCode.ok)
    })
}

function answer(file: string | undefined, { schema, example }: ConfigArguments): string {
  if (schema) return `${JSON.stringify(settingsSchema(), undefined, 2)}\n`
  if (example) return EXAMPLE
  if (file === undefined) {
    throw new CommandError('usage-invalid', 'no file is named', 'heedful config FILE, --example or --schema')
  }
  readSettings(file)
  return `${file} is sound.\n`
}
