/**
 * What kind of network an address lives in, by its autonomous system. It says how far a place can be trusted: a phone
 * leaves the internet at its carrier's gateway, a VPN and a proxy wherever they please.
 *
 * Sources: names and numbers as registered with the regional internet registries (whois); egress of iCloud Private
 * Relay: Sattler et al., "Towards a Tectonic Traffic Shift?", IMC 2022. A small table, on purpose: what it
 * does not know is `unknown`, and what an organisation shares is learned from its own log.
 */
import { BoundedCache } from './bounded-cache.ts'

export type NetworkKind = 'mobile' | 'hosting' | 'vpn' | 'proxy' | 'satellite' | 'education' | 'unknown'

const NUMBERS: Record<Exclude<NetworkKind, 'unknown'>, readonly number[]> = {
  // T-Mobile US, Verizon Wireless (two), AT&T Mobility, EE, Three UK, Free Mobile, Jio
  mobile: [21928, 6167, 22394, 20057, 12576, 60339, 51207, 55836],
  // Amazon, Google Cloud, Microsoft, DigitalOcean, OVH, Hetzner, Akamai/Linode, Vultr, Oracle, Alibaba, Tencent, Contabo, Scaleway, LeaseWeb, IBM Cloud
  hosting: [
    16509, 14618, 396982, 8075, 14061, 16276, 24940, 63949, 20473, 31898, 45102, 132203, 51167, 12876, 60781, 36351,
  ],
  // M247, Datacamp (two), 31173/Mullvad, Proton (two)
  vpn: [9009, 60068, 212238, 39351, 62371, 209103],
  // Zscaler (three), Netskope, Cloudflare (WARP, Private Relay), Akamai and Fastly (Private Relay), Cisco Umbrella
  proxy: [22616, 53813, 62044, 55256, 13335, 36183, 54113, 36692],
  // Starlink, Viasat, HughesNet
  satellite: [14593, 7155, 6621],
  // Jisc, RENATER, DFN, SURF, GARR, Internet2, SWITCH, AARNet
  education: [786, 2200, 680, 1103, 137, 11537, 559, 7575],
}

const BY_NUMBER = new Map<number, NetworkKind>()
for (const [kind, numbers] of Object.entries(NUMBERS)) {
  for (const number of numbers) BY_NUMBER.set(number, kind as NetworkKind)
}

/** Words in the name of an autonomous system, asked in this order: a university's VPN is a VPN. */
const WORDS: readonly [NetworkKind, RegExp][] = [
  ['vpn', /\b(vpns?|nordvpn|expressvpn|surfshark|mullvad|proton(vpn)?|packethub|tefincom|m247|datacamp|cyberghost)\b/],
  [
    'proxy',
    /\b(zscaler|netskope|forcepoint|websense|prisma|umbrella|opendns|cloudflare|cloudflarenet|warp|private relay|icloud|prox(y|ies))\b/,
  ],
  ['satellite', /\b(starlink|spacex|viasat|hughesnet|hughes network|inmarsat|iridium|satellites?|oneweb|eutelsat)\b/],
  ['mobile', /\b(mobile|mobility|wireless|cellular|cellco|celular|movil|lte|gsm|umts|5g)\b/],
  ['education', /\b(universit\w*|college|school|schule|campus|academic|edu|eduroam|renater|dfn|janet|jisc|surfnet)\b/],
  [
    'hosting',
    /\b(hosting|hosted|hetzner|ovh|ovhcloud|digitalocean|linode|vultr|choopa|leaseweb|contabo|scaleway|amazon|aws|azure|microsoft|google cloud|cloud|datacent(er|re)s?|data cent(er|re)s?|colo|colocation|vps|servers?|servercentral|alibaba|tencent|oracle)\b/,
  ],
]

/** The longest name that is read; registries allow less. */
const LONGEST_NAME = 128

function kindOfName(name: string): NetworkKind {
  const words = name.toLowerCase().replaceAll(/[_-]/g, ' ')
  return WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'unknown'
}

const recent = new BoundedCache<NetworkKind>(1024, kindOfName)

/** The kind of network of an autonomous system: its number where the table has it, else words of its name. */
export function networkKind(asn: number | undefined, name: string | undefined): NetworkKind {
  const known = asn === undefined ? undefined : BY_NUMBER.get(asn)
  return known ?? (name === undefined ? 'unknown' : recent.get(name.slice(0, LONGEST_NAME)))
}
