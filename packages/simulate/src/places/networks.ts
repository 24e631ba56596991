/**
 * Networks that people and machines connect from. Numbers and names have the shape of the real Internet, so that what
 * reads them meets real-looking input; the addresses drawn from the blocks are nobody's in particular.
 */
import type { Random } from '@heedful/detect/contracts/random'
import type { Endpoint } from '@heedful/stream'
import { chance } from '../draw.ts'
import type { City } from './cities.ts'

export type NetworkKind = 'home' | 'mobile' | 'business' | 'hosting'

export interface Network {
  number: number
  name: string
  /** Country whose people it serves; hosting serves everybody. */
  country: string
  kind: NetworkKind
  /** First address and prefix length. */
  base: string
  prefix: number
  /** Mean days that a home keeps its address. */
  leaseDays: number
}

type Row = [country: string, kind: NetworkKind, number: number, name: string, block: string, leaseDays?: number]

const ROWS: readonly Row[] = [
  ['DE', 'home', 3320, 'Deutsche Telekom AG', '84.128.0.0/11', 1],
  ['DE', 'home', 3209, 'Vodafone GmbH', '88.64.0.0/12', 20],
  ['DE', 'home', 6805, 'Telefonica Germany', '77.176.0.0/12', 2],
  ['DE', 'mobile', 3320, 'Deutsche Telekom AG', '80.187.64.0/18'],
  ['DE', 'mobile', 6805, 'Telefonica Germany', '176.0.0.0/15'],
  ['DE', 'business', 20676, 'Plusnet GmbH', '62.206.0.0/16'],
  ['GB', 'home', 2856, 'British Telecommunications PLC', '86.128.0.0/11', 12],
  ['GB', 'home', 5089, 'Virgin Media Limited', '82.0.0.0/12', 90],
  ['GB', 'home', 5607, 'Sky UK Limited', '90.192.0.0/12', 30],
  ['GB', 'mobile', 12576, 'EE Limited', '92.40.0.0/15'],
  ['GB', 'mobile', 25135, 'Vodafone Limited', '85.255.232.0/21'],
  ['GB', 'business', 8586, 'TalkTalk Business', '62.24.128.0/17'],
  ['FR', 'home', 3215, 'Orange S.A.', '90.0.0.0/11', 15],
  ['FR', 'home', 12322, 'Free SAS', '82.224.0.0/12', 300],
  ['FR', 'mobile', 51207, 'Free Mobile SAS', '37.160.0.0/14'],
  ['FR', 'mobile', 15557, 'SFR SA', '77.128.0.0/13'],
  ['FR', 'business', 8399, 'Sewan SAS', '194.9.72.0/22'],
  ['PL', 'home', 5617, 'Orange Polska Spolka Akcyjna', '83.0.0.0/11', 2],
  ['PL', 'home', 6830, 'Liberty Global B.V.', '89.64.0.0/13', 45],
  ['PL', 'mobile', 12912, 'T-Mobile Polska S.A.', '5.172.232.0/21'],
  ['PL', 'business', 8374, 'Polkomtel Sp. z o.o.', '91.193.160.0/21'],
  ['US', 'home', 7922, 'Comcast Cable Communications, LLC', '73.0.0.0/10', 60],
  ['US', 'home', 701, 'Verizon Business', '71.160.0.0/11', 40],
  ['US', 'home', 20115, 'Charter Communications', '97.80.0.0/12', 50],
  ['US', 'mobile', 21928, 'T-Mobile USA, Inc.', '172.56.0.0/14'],
  ['US', 'mobile', 20057, 'AT&T Mobility LLC', '107.64.0.0/13'],
  ['US', 'mobile', 6167, 'Cellco Partnership DBA Verizon Wireless', '174.192.0.0/12'],
  ['US', 'business', 174, 'Cogent Communications', '38.96.0.0/13'],
  ['CA', 'home', 577, 'Bell Canada', '70.48.0.0/13', 4],
  ['CA', 'home', 812, 'Rogers Communications Canada Inc.', '99.224.0.0/12', 60],
  ['CA', 'mobile', 812, 'Rogers Communications Canada Inc.', '72.136.0.0/17'],
  ['CA', 'business', 6327, 'Shaw Communications Inc.', '64.59.128.0/18'],
  ['IN', 'home', 24560, 'Bharti Airtel Ltd., Telemedia Services', '122.160.0.0/12', 1],
  ['IN', 'home', 18209, 'Atria Convergence Technologies Pvt. Ltd.', '106.51.0.0/16', 8],
  ['IN', 'mobile', 55836, 'Reliance Jio Infocomm Limited', '49.32.0.0/12'],
  ['IN', 'mobile', 45609, 'Bharti Airtel Ltd. AS for GPRS Service', '223.176.0.0/13'],
  ['IN', 'business', 9498, 'BHARTI Airtel Ltd.', '125.16.0.0/14'],
  ['SG', 'home', 9506, 'Singtel Fibre Broadband', '116.86.0.0/15', 20],
  ['SG', 'home', 55430, 'Starhub Ltd', '101.127.0.0/16', 40],
  ['SG', 'mobile', 45143, 'Singtel Mobile', '119.56.96.0/19'],
  ['SG', 'business', 4657, 'StarHub Ltd', '203.116.0.0/16'],
  ['AU', 'home', 1221, 'Telstra Limited', '120.144.0.0/12', 20],
  ['AU', 'home', 7545, 'TPG Internet Pty Ltd', '118.208.0.0/14', 15],
  ['AU', 'mobile', 4804, 'Microplex PTY LTD', '49.176.0.0/14'],
  ['AU', 'business', 7474, 'SingTel Optus Pty Ltd', '61.88.0.0/16'],
  ['BR', 'home', 27699, 'TELEFONICA BRASIL S.A', '177.68.0.0/14', 3],
  ['BR', 'home', 28573, 'Claro NXT Telecomunicacoes Ltda', '187.20.0.0/14', 25],
  ['BR', 'mobile', 26599, 'TELEFONICA BRASIL S.A', '152.240.0.0/12'],
  ['BR', 'business', 10429, 'TELEFONICA BRASIL S.A', '200.204.0.0/16'],
  ['NL', 'home', 1136, 'KPN B.V.', '77.160.0.0/13', 200],
  ['NL', 'mobile', 31615, 'Odido Netherlands B.V.', '84.241.192.0/18'],
  ['ES', 'home', 3352, 'Telefonica de Espana SAU', '80.24.0.0/13', 2],
  ['ES', 'mobile', 12430, 'VODAFONE ESPANA S.A.U.', '77.208.0.0/14'],
  ['IT', 'home', 3269, 'Telecom Italia S.p.A.', '79.0.0.0/11', 3],
  ['IT', 'mobile', 30722, 'Vodafone Italia S.p.A.', '5.90.0.0/15'],
  ['RO', 'home', 8708, 'Digi Romania S.A.', '79.112.0.0/13', 5],
  ['UA', 'home', 15895, 'Kyivstar PJSC', '46.211.0.0/16', 2],
  ['TR', 'home', 9121, 'Turk Telekomunikasyon A.S.', '78.160.0.0/11', 1],
  ['TR', 'mobile', 16135, 'Turkcell A.S.', '178.240.0.0/13'],
  ['RU', 'home', 12389, 'Rostelecom', '95.24.0.0/13', 2],
  ['RU', 'home', 8402, 'PJSC Vimpelcom', '128.68.0.0/14', 4],
  ['CN', 'home', 4134, 'CHINANET-BACKBONE', '114.80.0.0/12', 2],
  ['CN', 'home', 4837, 'CHINA UNICOM China169 Backbone', '112.224.0.0/11', 2],
  ['VN', 'home', 45899, 'VNPT Corp', '113.160.0.0/11', 1],
  ['ID', 'home', 7713, 'PT Telekomunikasi Indonesia', '36.64.0.0/11', 1],
  ['JP', 'home', 4713, 'NTT Communications Corporation', '153.128.0.0/11', 20],
  ['JP', 'mobile', 9605, 'NTT DOCOMO, INC.', '1.72.0.0/13'],
  ['AE', 'home', 5384, 'Emirates Telecommunications Group Company', '94.200.0.0/13', 7],
  ['NG', 'mobile', 29465, 'MTN NIGERIA Communication limited', '105.112.0.0/12'],
  ['ZA', 'home', 37457, 'Telkom SA Ltd.', '105.224.0.0/12', 3],
  ['MX', 'home', 8151, 'UNINET', '187.128.0.0/11', 2],
  ['US', 'hosting', 14061, 'DigitalOcean, LLC', '165.227.0.0/16'],
  ['US', 'hosting', 16509, 'Amazon.com, Inc.', '52.0.0.0/11'],
  ['US', 'hosting', 63949, 'Akamai Connected Cloud', '172.104.0.0/15'],
  ['FR', 'hosting', 16276, 'OVH SAS', '51.68.0.0/14'],
  ['DE', 'hosting', 24940, 'Hetzner Online GmbH', '95.216.0.0/15'],
  ['NL', 'hosting', 60781, 'LeaseWeb Netherlands B.V.', '95.211.0.0/16'],
  ['RO', 'hosting', 9009, 'M247 Europe SRL', '185.216.32.0/22'],
  ['GB', 'hosting', 212238, 'Datacamp Limited', '146.70.0.0/16'],
  ['RU', 'hosting', 9123, 'TimeWeb Ltd.', '92.53.96.0/19'],
  ['SG', 'hosting', 45102, 'Alibaba US Technology Co., Ltd.', '47.236.0.0/14'],
]

export const NETWORKS: readonly Network[] = ROWS.map(([country, kind, number, name, block, leaseDays]) => {
  const [base, prefix] = block.split('/') as [string, string]
  return { number, name, country, kind, base, prefix: Number(prefix), leaseDays: leaseDays ?? 0 }
})

/** Networks of a kind in a country; where the table has none, its home networks, so that every city is reachable. */
export function networksOf(country: string, kind: NetworkKind): readonly Network[] {
  const found = NETWORKS.filter((network) => network.country === country && network.kind === kind)
  if (found.length > 0) return found
  return NETWORKS.filter((network) => network.country === country && network.kind !== 'hosting')
}

export const HOSTING: readonly Network[] = NETWORKS.filter((network) => network.kind === 'hosting')

export function toNumber(ip: string): number {
  let value = 0
  for (const part of ip.split('.')) value = value * 256 + Number(part)
  return value
}

export function toAddress(value: number): string {
  return `${(value >>> 24) & 255}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

/** Same text, same number, 32 bits (FNV-1a). */
function place(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** Address of `network` in `city`: each city has its own part of the block, of at most `room` addresses. */
export function addressIn(network: Network, city: City, random: Random, room = 16384): string {
  let size = 1
  for (let bit = network.prefix; bit < 32; bit++) size *= 2
  const pool = Math.min(size, room)
  const part = place(`${city.country}/${city.name}`) % Math.floor(size / pool)
  let offset = random.integer(pool)
  const last = offset & 255
  if (last === 0 || last === 255) offset = (offset & ~255) | (1 + random.integer(254))
  return toAddress(toNumber(network.base) + part * pool + Math.min(offset, pool - 2))
}

/** What a log says of an address: place and network of it. */
export function endpointAt(ip: string, network: Network, city: City): Endpoint {
  return {
    ip,
    location: {
      country: city.country,
      region: city.region,
      city: city.name,
      latitude: city.latitude,
      longitude: city.longitude,
    },
    autonomousSystem: { number: network.number, name: network.name },
  }
}

/** How many addresses of a carrier share all phones of a region. */
const GATEWAY_ROOM = 32

/**
 * A phone behind a carrier's shared gateway: the address serves thousands, and is placed at the gateway's city, which is
 * often not the phone's.
 */
export function mobileEndpoint(network: Network, near: City, gateway: City, random: Random): Endpoint {
  const city = chance(random, 0.45) ? gateway : near
  return endpointAt(addressIn(network, city, random, GATEWAY_ROOM), network, city)
}
