/** One record of a log, whatever its form: the texts that the mapping reads, and the rest. */
import { isMembers, type Members } from '../json/document.ts'
import { type Fields, pathSorter } from '../json/paths.ts'
import { memberText } from '../json/unmapped.ts'
import { readText, TEXT } from '../json/values.ts'
import type { Mapping } from './mapping.ts'

export interface RecordText {
  /** By slot of the mapping's inputs, without blanks around them; empty where there is nothing. */
  texts: readonly string[]
  /** JSON members of what no input reads. */
  rest: readonly string[]
}

/** Nothing, also as this log writes it. */
const orNothing = (text: string, { empty }: Mapping): string => (empty.has(text.toLowerCase()) ? '' : text)

function clean(value: unknown, mapping: Mapping): string {
  const text = readText(value, TEXT)
  return text === undefined ? '' : orNothing(text.trim(), mapping)
}

/** For records of CSV whose count of fields is right. */
export function openColumns(mapping: Mapping, columns: readonly string[]): (fields: readonly string[]) => RecordText {
  const places = mapping.inputs.map((name) => columns.indexOf(name))
  const others = columns.map((name, at) => ({ name, at })).filter(({ at }) => !places.includes(at))
  return (fields) => ({
    texts: places.map((place) => clean(fields[place], mapping)),
    rest: others.flatMap(({ name, at }) => {
      const text = clean(fields[at], mapping)
      return text === '' ? [] : [memberText(name, text)]
    }),
  })
}

/** Lists of one text, and objects that hold one, are read where a text is wanted: the first. */
const isRead = (value: unknown): boolean => !isMembers(value) && !isMembers(Array.isArray(value) ? value[0] : undefined)

export function openPaths(mapping: Mapping): (document: Members) => RecordText & Pick<Fields, 'tooDeep'> {
  const sort = pathSorter(mapping.inputs)
  return (document) => {
    const { values, rest, tooDeep } = sort(document)
    return { texts: values.map((value) => (isRead(value) ? clean(value, mapping) : '')), rest, tooDeep }
  }
}
