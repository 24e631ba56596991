/** Who: the sign of its type, and its id exactly as the log wrote it. */
import type { Entity } from '../contract/contract.ts'
import { useSource } from '../live/source.ts'
import { To } from '../shell/navigation.tsx'
import { alertsOfPath, entityPath } from '../shell/routes.ts'
import { Icon, type IconName } from './icons.tsx'
import './entity-name.css'

const SIGNS = new Map<string, IconName>([
  ['user', 'user'],
  ['host', 'host'],
  ['address', 'address'],
  ['network', 'address'],
])

export function EntityName({ entity, plain = false }: { entity: Entity; plain?: boolean }) {
  const { goesOn } = useSource()
  const inside = (
    <>
      <Icon name={SIGNS.get(entity.type) ?? 'other'} size={14} />
      <span className="hidden">{entity.type} </span>
      <span>{entity.id}</span>
    </>
  )
  if (plain) return <span className="entity">{inside}</span>
  return (
    <To href={goesOn ? entityPath(entity) : alertsOfPath(entity)} className="entity">
      {inside}
    </To>
  )
}
