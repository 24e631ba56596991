/** A record of a sign-in → an event. */
import type { Endpoint, Event, Location, User } from '../../event.ts'
import { unmappedOf } from '../json/unmapped.ts'
import { readFlag, readIp, TEXT } from '../json/values.ts'
import { wordOf } from '../json/words.ts'
import type { Fields } from './fields.ts'
import { reasonOf, statusOf } from './result-codes.ts'

/** A person by the name that they sign in with; applications and managed identities by theirs. */
function userOf(fields: Fields): User | undefined {
  const name = fields.text(['userprincipalname'])
  if (name !== undefined) return { name }
  const service = fields.text(['serviceprincipalname', 'serviceprincipalid'])
  if (service !== undefined) return { name: service, type: 'service' }
  const other = fields.text(['signinidentifier', 'alternatesigninname', 'userid', 'userdisplayname', 'identity'])
  return other === undefined ? undefined : { name: other }
}

/** `location` is an object, or (Log Analytics) a country beside the object `LocationDetails`. */
function locationOf(fields: Fields): Location | undefined {
  const details = fields.within('locationdetails')
  const place = fields.within('location')
  const point = [details, place].map((each) => each.within('geocoordinates'))
  const first = (names: string[]) => details.text(names) ?? place.text(names)
  const location: Location = {}
  const country = (first(['countryorregion']) ?? fields.text(['location']))?.toUpperCase()
  if (country !== undefined && /^[A-Z]{2}$/.test(country)) location.country = country
  const region = first(['state'])
  if (region !== undefined) location.region = region
  const city = first(['city'])
  if (city !== undefined) location.city = city
  for (const one of point) {
    const latitude = one.number('latitude', -90, 90)
    const longitude = one.number('longitude', -180, 180)
    if (latitude !== undefined && longitude !== undefined) Object.assign(location, { latitude, longitude })
  }
  return Object.keys(location).length === 0 ? undefined : location
}

function sourceOf(fields: Fields): Endpoint | undefined {
  const endpoint: Endpoint = {}
  const name = ['ipaddress', 'calleripaddress'].find((each) => readIp(fields.peek(each)) !== undefined)
  const ip = name === undefined ? undefined : readIp(fields.text([name]))
  if (ip !== undefined) endpoint.ip = ip
  const location = locationOf(fields)
  if (location !== undefined) endpoint.location = location
  const number = fields.number('autonomoussystemnumber', 1, 0xffff_ffff)
  if (number !== undefined) endpoint.autonomousSystem = { number: Math.floor(number) }
  return Object.keys(endpoint).length === 0 ? undefined : endpoint
}

/** `Edge 81.0.416` on `Windows 10`, in the form of agents: for records that carry what was read from the agent alone. */
function agentOf(browser: string, os: string | undefined): string {
  const found = /^(.*\S)\s+v?(\d[\d.]*)$/.exec(browser.slice(0, 128))
  const product = (found?.[1] ?? browser).trim().replace(/\s+/g, '-')
  return `${product}${found === null ? '' : `/${found[2]}`}${os === undefined ? '' : ` (${os})`}`
}

function addDevice(event: Event, fields: Fields): void {
  const detail = fields.within('devicedetail')
  const id = detail.text(['deviceid'])
  const os = detail.text(['operatingsystem'])
  const sent = fields.text(['useragent'], TEXT)
  const browser = sent === undefined ? detail.text(['browser']) : undefined
  const agent = browser === undefined ? sent : agentOf(browser, os)
  if (agent !== undefined) event.userAgent = agent
  if (id !== undefined || os !== undefined) event.device = { ...(id && { id }), ...(os && { os }) }
}

const MODERN = /^(?:browser|mobile apps and desktop clients)$/i

/** A legacy protocol is itself the method (it knows no second factor); else the first step that names one. */
function methodOf(fields: Fields): string | undefined {
  const client = fields.peek('clientappused')
  if (client !== undefined && !MODERN.test(client)) return wordOf(client)
  for (const step of fields.list('authenticationdetails')) {
    const method = step.text(['authenticationmethod'])
    if (method === undefined) continue
    if (/previously satisfied/i.test(method)) return 'token'
    return /password/i.test(method) ? 'password' : wordOf(method)
  }
  return readFlag(fields.peek('isinteractive')) === false ? 'token' : undefined
}

/** Undefined where a second factor was asked for and nobody knows whether it was given. */
function wasMfa(event: Event, requirement: string, details: string): boolean | undefined {
  if (/^mfa (?:requirement satisfied|completed|successfully)/i.test(details)) return true
  if (requirement === 'singlefactorauthentication') return false
  return requirement === 'multifactorauthentication' && event.status === 'success' ? true : undefined
}

function addProof(event: Event, fields: Fields, details: string): void {
  const method = methodOf(fields)
  if (method !== undefined && method !== '') event.authMethod = method
  const mfa = wasMfa(event, fields.peek('authenticationrequirement')?.toLowerCase() ?? '', details)
  if (mfa !== undefined) event.isMfa = mfa
}

/** Undefined where nobody signs in, and from nowhere: some other JSON. */
export function toEvent(fields: Fields, time: number, lineId: () => string, position: number): Event | undefined {
  const user = userOf(fields)
  const source = sourceOf(fields)
  if (user === undefined && source === undefined) return undefined
  const status = fields.within('status')
  const code = status.number('errorcode', 0, 1e9) ?? fields.number('resulttype', 0, 1e9)
  const event: Event = {
    id: fields.text(['id']) ?? lineId(),
    ...{ position, time },
    class: 'authentication',
    activity: 'logon',
    status: statusOf(code),
    count: 1,
  }
  if (user !== undefined) event.user = user
  if (source !== undefined) event.srcEndpoint = source
  addDevice(event, fields)
  addProof(event, fields, status.peek('additionaldetails') ?? '')
  const service = fields.text(['appdisplayname', 'appid'])
  if (service !== undefined) event.service = service
  const resource = fields.text(['resourcedisplayname'])
  if (resource !== undefined) event.resource = resource
  if (code !== undefined && code !== 0) {
    event.statusDetail = reasonOf(code, status.text(['failurereason']) ?? fields.text(['resultdescription']))
    if (event.statusDetail === 'unknown_user') event.unknownUser = true
  }
  const unmapped = unmappedOf(fields.rest())
  if (unmapped !== undefined) event.unmapped = unmapped
  return event
}
