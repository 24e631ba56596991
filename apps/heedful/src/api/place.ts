/** Where a line stood: in which file and on which line of it, or who sent it. */
import { doorsOf } from '../log/activations.ts'
import type { View } from '../serving/view.ts'

/** What a sender is called: names of doors carry the format of what comes through behind a colon. */
const senderOf = (name: string): string => name.replace(/:[^:]*$/, '')

/** `auth.log, line 39`; `bastion` for what was sent without a file. @param number 0 where it is not known */
export const placeWords = (file: string, number: number, door: string): string =>
  file === '' ? senderOf(door) : number === 0 ? file : `${file}, line ${number}`

/** Of the record at a position, which came through that door. */
export function placesOf({ space, dropped }: View): (position: number, door: number) => string {
  const files = new Map(space.log.files.map(({ id, name }) => [id, dropped ?? name]))
  const doors = new Map(doorsOf(space.log).map(({ door, name }) => [door, name]))
  return (position, door) => {
    const [group] = space.log.read(position)
    const { file, line } = group?.origins[position - group.first] ?? { file: 0, line: 0 }
    return placeWords(files.get(file) ?? '', line, doors.get(door) ?? `door ${door}`)
  }
}
