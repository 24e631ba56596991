/** What `heedful serve --config FILE` may say, said once: the types, the check, and the schema for editors. */
import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false }

/** A part of memory holds at least a few. */
const remembered = (description: string, usual: number) =>
  Type.Optional(Type.Integer({ minimum: 1000, maximum: 10_000_000, description, default: usual }))

export const FollowedFile = Type.Object(
  {
    path: Type.String({ minLength: 1, description: 'The file; it is followed when it is rotated, too.' }),
    format: Type.Optional(
      Type.String({ description: 'How its lines are written: the id of a format.', default: 'auto' }),
    ),
    map: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'A mapping of CSV or JSON lines of any shape, with its columns named; heedful map proposes one.',
      }),
    ),
    source: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9_.@/-]{0,63}$',
        description: 'What its door is called; files of one source and format share one.',
        default: 'file',
      }),
    ),
  },
  strict,
)

export const ServerSettings = Type.Object(
  {
    data: Type.Optional(Type.String({ minLength: 1, description: 'The data folder.', default: './heedful-data' })),
    host: Type.Optional(
      Type.String({
        description: 'The address to serve; on another than 127.0.0.1 a key is asked for.',
        default: '127.0.0.1',
      }),
    ),
    port: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 65_535, description: 'The port to serve.', default: 8787 }),
    ),
    budget: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1, maximum: 999_999 }), Type.String()], {
        description: 'At most so many alerts a day, as in 20/day.',
        default: '20/day',
      }),
    ),
    warmup: Type.Optional(
      Type.String({ description: 'How long to learn before judging by habits, as in 14d or 36h.', default: '14d' }),
    ),
    seed: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 4_294_967_295, description: 'Seed of everything that draws.', default: 1 }),
    ),
    timezone: Type.Optional(Type.String({ description: 'Zone of stamps that carry none, as in Europe/Berlin.' })),
    geoip: Type.Optional(
      Type.Object(
        {
          city: Type.Optional(Type.String({ description: 'Places of addresses (.mmdb).' })),
          asn: Type.Optional(Type.String({ description: 'Networks of addresses (.mmdb or CSV).' })),
        },
        strict,
      ),
    ),
    limits: Type.Optional(
      Type.Object(
        {
          requests_per_second: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Of one address.', default: 5000 }),
          ),
          users: remembered(
            'People that are remembered, about, before who was silent for longest is forgotten.',
            1_000_000,
          ),
          hosts: remembered('The same of hosts.', 100_000),
          addresses: remembered('The same of addresses.', 2_000_000),
        },
        strict,
      ),
    ),
    log_level: Type.Optional(
      Type.Union(
        (['error', 'warn', 'info', 'debug'] as const).map((level) => Type.Literal(level)),
        { description: 'What is told on standard output.', default: 'info' },
      ),
    ),
    files: Type.Optional(Type.Array(FollowedFile, { maxItems: 200, description: 'Log files that are followed.' })),
  },
  { ...strict, title: 'Heedful', description: 'Configuration of heedful serve' },
)

export type ServerSettings = Static<typeof ServerSettings>
export type FollowedFile = Static<typeof FollowedFile>

/** JSON Schema (draft 2020-12) for editors. */
export const settingsSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...(JSON.parse(JSON.stringify(ServerSettings)) as object),
})
