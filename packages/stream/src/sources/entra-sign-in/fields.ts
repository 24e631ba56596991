/** The members of a record by their names in lower case: the three forms of the log differ in spelling and nesting alone. */
import { isDeeper, isMembers, type Members } from '../json/document.ts'
import { memberText } from '../json/unmapped.ts'
import { readNumber, readText } from '../json/values.ts'

/** Longer texts are not read as JSON. */
const LONGEST_JSON = 64 * 1024

/** Log Analytics writes some objects and lists as texts of JSON. Anything else is the value itself. */
function unpack(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value) || value.length > LONGEST_JSON) return value
  try {
    const unpacked: unknown = JSON.parse(value)
    return isDeeper(unpacked) ? value : unpacked
  } catch {
    return value
  }
}

interface Member {
  /** As it was written, with the names around it: `properties.riskState`. */
  path: string
  value: unknown
}

/** What is taken is known; what is left is kept as text. */
export class Fields {
  private readonly members = new Map<string, Member>()
  private readonly left: Member[] = []
  private readonly inner: Fields[] = []

  /** Members of `properties` go before those around them: `location` is an object there, and a country outside. */
  static ofRecord(document: Members): Fields {
    const fields = new Fields()
    const key = Object.keys(document).find((name) => name.toLowerCase() === 'properties')
    const properties = key === undefined ? undefined : unpack(document[key])
    if (key === undefined || !isMembers(properties)) return fields.add(document, '')
    const around = Object.entries(document).filter(([name]) => name !== key)
    return fields.add(properties, `${key}.`).add(Object.fromEntries(around), '')
  }

  /** The first of several names that is a text, a number or a flag. */
  text(names: readonly string[], longest?: number): string | undefined {
    for (const name of names) {
      const text = this.peek(name, longest)
      if (text === undefined) continue
      this.members.delete(name)
      return text
    }
    return undefined
  }

  /** A text that stays among what is left. */
  peek(name: string, longest?: number): string | undefined {
    return readText(this.members.get(name)?.value, longest)
  }

  /** A number from `least` to `most`. */
  number(name: string, least: number, most: number): number | undefined {
    const number = readNumber(this.members.get(name)?.value)
    if (number === undefined || number < least || number > most) return undefined
    this.members.delete(name)
    return number
  }

  /** The members of a member; of none, where it is no object. */
  within(name: string): Fields {
    const fields = new Fields()
    const member = this.members.get(name)
    const value = unpack(member?.value)
    if (member === undefined || !isMembers(value)) return fields
    this.members.delete(name)
    this.inner.push(fields)
    return fields.add(value, `${member.path}.`)
  }

  /** The objects of a list, at most 16; they stay among what is left. */
  list(name: string): Fields[] {
    const value = unpack(this.members.get(name)?.value)
    return Array.isArray(value)
      ? value
          .slice(0, 16)
          .filter(isMembers)
          .map((one) => new Fields().add(one, ''))
      : []
  }

  /** JSON members of what nobody took. */
  rest(): string[] {
    const own = [...this.members.values(), ...this.left]
    const texts = own.map(({ path, value }) => memberText(path, value))
    return [...texts, ...this.inner.flatMap((fields) => fields.rest())]
  }

  private add(members: Members, prefix: string): Fields {
    for (const [key, value] of Object.entries(members)) {
      if (value === null || value === '') continue
      const member = { path: prefix + key, value }
      const name = key.toLowerCase()
      if (this.members.has(name)) this.left.push(member)
      else this.members.set(name, member)
    }
    return this
  }
}
