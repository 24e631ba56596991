/** Events as nested ECS 8.x documents, one JSON line each. */
import type { Endpoint, Event, User } from '@heedful/stream'

type Fields = Record<string, unknown>

const CATEGORY: Record<Event['class'], { category: string[]; type: string[] }> = {
  authentication: { category: ['authentication'], type: ['start'] },
  authorize_session: { category: ['session'], type: ['start'] },
  account_change: { category: ['iam'], type: ['user', 'change'] },
  file_activity: { category: ['file'], type: ['access'] },
  application_activity: { category: ['web'], type: ['access'] },
  other: { category: [], type: ['info'] },
}

function actionOf(event: Event): string {
  if (event.class === 'authorize_session') return event.service ?? 'sudo'
  if (event.class === 'file_activity') return event.activity === 'read' ? 'file-read' : 'file-update'
  if (event.class === 'application_activity') return 'page-view'
  return event.activity
}

function typeOf(event: Event): string[] {
  if (event.class === 'authentication' && event.activity === 'logoff') return ['end']
  if (event.class === 'file_activity' && event.activity === 'update') return ['change']
  return CATEGORY[event.class].type
}

function userFields(user: User): Fields {
  const fields: Fields = { name: user.name }
  if (user.domain !== undefined) fields['domain'] = user.domain
  if (user.type !== undefined) fields['roles'] = [user.type]
  if (user.department !== undefined) fields['group'] = { name: user.department }
  return fields
}

function sourceFields(endpoint: Endpoint): Fields {
  const fields: Fields = {}
  if (endpoint.ip !== undefined) fields['ip'] = endpoint.ip
  if (endpoint.port !== undefined) fields['port'] = endpoint.port
  const { location, autonomousSystem } = endpoint
  if (location !== undefined) {
    fields['geo'] = {
      country_iso_code: location.country,
      region_name: location.region,
      city_name: location.city,
      location: { lat: location.latitude, lon: location.longitude },
    }
  }
  if (autonomousSystem !== undefined) {
    fields['as'] = { number: autonomousSystem.number, organization: { name: autonomousSystem.name } }
  }
  return fields
}

/** Who acted is `user`; whose rights were taken or who was changed stands inside it, as ECS has it. */
function actorFields(event: Event): Fields | undefined {
  if (event.actor === undefined) return event.user === undefined ? undefined : userFields(event.user)
  const fields = userFields(event.actor)
  if (event.user === undefined) return fields
  fields[event.class === 'account_change' ? 'target' : 'effective'] = userFields(event.user)
  return fields
}

function document(event: Event): Fields {
  const about: Fields = {
    id: event.id,
    kind: 'event',
    category: CATEGORY[event.class].category,
    type: typeOf(event),
    action: actionOf(event),
    outcome: event.status,
  }
  if (event.statusDetail !== undefined) about['reason'] = event.statusDetail
  const fields: Fields = { '@timestamp': new Date(event.time).toISOString(), ecs: { version: '8.17.0' }, event: about }
  const user = actorFields(event)
  if (user !== undefined) fields['user'] = user
  const department = (event.actor ?? event.user)?.department
  const labels: Fields = {}
  if (department !== undefined) labels['department'] = department
  if (event.authMethod !== undefined) labels['auth_method'] = event.authMethod
  if (event.keyFingerprint !== undefined) labels['key_fingerprint'] = event.keyFingerprint
  if (event.isMfa !== undefined) labels['mfa'] = event.isMfa ? 'true' : 'false'
  if (Object.keys(labels).length > 0) fields['labels'] = labels
  const source = event.srcEndpoint === undefined ? {} : sourceFields(event.srcEndpoint)
  if (event.bytesIn !== undefined) source['bytes'] = event.bytesIn
  if (Object.keys(source).length > 0) fields['source'] = source
  if (event.bytesOut !== undefined) fields['destination'] = { bytes: event.bytesOut }
  addWhere(fields, event)
  return fields
}

function addWhere(fields: Fields, event: Event): void {
  if (event.dstEndpoint?.hostname !== undefined) fields['host'] = { name: event.dstEndpoint.hostname }
  if (event.userAgent !== undefined) fields['user_agent'] = { original: event.userAgent }
  if (event.device?.id !== undefined) fields['device'] = { id: event.device.id }
  if (event.service !== undefined) fields['service'] = { name: event.service }
  if (event.command !== undefined) fields['process'] = { name: event.service, command_line: event.command }
  if (event.resource === undefined) return
  if (event.class === 'file_activity') fields['file'] = { path: event.resource }
  else if (event.class === 'account_change') fields['group'] = { name: event.resource }
  else fields['url'] = { path: event.resource }
}

/** One line of NDJSON, without its line end. */
export function toEcs(event: Event): string {
  return JSON.stringify(document(event))
}
