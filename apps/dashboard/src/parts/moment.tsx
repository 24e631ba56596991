/** A moment in the zone of choice; the other one and the seconds are one look away. */
import { useZone } from '../shell/preferences.ts'
import { fullMoment, shortMoment } from '../time/format.ts'
import { localZone, UTC } from '../time/zone.ts'

export function Moment({ at, full = false }: { at: string | null; full?: boolean }) {
  const zone = useZone()
  if (at === null) return <span className="quiet">never</span>
  const time = Date.parse(at)
  const other = zone === UTC ? localZone() : UTC
  return (
    <time className="number" dateTime={at} title={`${fullMoment(time, zone)}\n${fullMoment(time, other)}`}>
      {full ? fullMoment(time, zone) : shortMoment(time, zone)}
    </time>
  )
}
