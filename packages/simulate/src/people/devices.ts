/** Laptops, phones and their browsers; versions rise over the fleet as releases come out. */
import type { Random } from '@heedful/detect/contracts/random'
import { DAY } from '../clock.ts'
import { weighted } from '../draw.ts'

export interface Device {
  /** Inventory number; absent on devices that nobody manages. */
  id?: string
  os: string
  family: 'windows' | 'macos' | 'linux' | 'ios' | 'android'
  browser: 'chrome' | 'edge' | 'firefox' | 'safari' | 'app'
  /** Days that it takes to install a release. */
  patience: number
  model: string
  /** Fingerprint of the key that its owner logs in with on hosts. */
  key: string
}

type Kind = { family: Device['family']; browser: Device['browser']; model: string; weight: number }

export const LAPTOPS: readonly Kind[] = [
  { family: 'windows', browser: 'edge', model: '', weight: 34 },
  { family: 'windows', browser: 'chrome', model: '', weight: 30 },
  { family: 'windows', browser: 'firefox', model: '', weight: 5 },
  { family: 'macos', browser: 'safari', model: '', weight: 9 },
  { family: 'macos', browser: 'chrome', model: '', weight: 13 },
  { family: 'linux', browser: 'firefox', model: '', weight: 5 },
  { family: 'linux', browser: 'chrome', model: '', weight: 4 },
]

export const PHONES: readonly Kind[] = [
  { family: 'ios', browser: 'app', model: 'iPhone', weight: 30 },
  { family: 'ios', browser: 'safari', model: 'iPhone', weight: 22 },
  { family: 'android', browser: 'chrome', model: 'Pixel 8', weight: 8 },
  { family: 'android', browser: 'chrome', model: 'SM-S921B', weight: 18 },
  { family: 'android', browser: 'app', model: 'SM-A546B', weight: 14 },
  { family: 'android', browser: 'app', model: 'Pixel 7a', weight: 8 },
]

const OPERATING_SYSTEM = {
  windows: 'Windows 11',
  macos: 'macOS 15',
  linux: 'Ubuntu 24.04',
  ios: 'iOS',
  android: 'Android 15',
} as const

const HEX = '0123456789abcdef'
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function letters(random: Random, alphabet: string, length: number): string {
  let out = ''
  for (let i = 0; i < length; i++) out += alphabet.charAt(random.integer(alphabet.length))
  return out
}

export function drawDevice(random: Random, kinds: readonly Kind[], managed: boolean): Device {
  const kind = weighted(random, kinds, (one) => one.weight)
  const id = `${letters(random, HEX, 8)}-${letters(random, HEX, 4)}-${letters(random, HEX, 12)}`
  const device: Device = {
    os: OPERATING_SYSTEM[kind.family],
    family: kind.family,
    browser: kind.browser,
    patience: random.exponential() * 5,
    model: kind.model,
    key: `SHA256:${letters(random, BASE64, 43)}`,
  }
  if (managed) device.id = id
  return device
}

/** Releases: every `days`, counted from a day on which `first` was current. */
const RELEASES = {
  chrome: { first: 130, day: 20_010, days: 28 },
  edge: { first: 130, day: 20_013, days: 28 },
  firefox: { first: 132, day: 20_025, days: 28 },
  safari: { first: 180, day: 20_000, days: 55 },
  app: { first: 420, day: 20_000, days: 14 },
} as const

function version(device: Device, time: number): number {
  const release = RELEASES[device.browser]
  return release.first + Math.max(0, Math.floor((time / DAY - release.day - device.patience) / release.days))
}

function platform(device: Device, number: number): string {
  if (device.family === 'windows') return 'Windows NT 10.0; Win64; x64'
  if (device.family === 'macos') return 'Macintosh; Intel Mac OS X 10_15_7'
  if (device.family === 'linux') return 'X11; Linux x86_64'
  if (device.family === 'ios') return `iPhone; CPU iPhone OS ${Math.floor(number / 10)}_${number % 10} like Mac OS X`
  return device.browser === 'chrome' ? 'Linux; Android 10; K' : `Linux; Android 15; ${device.model}`
}

/** The user agent that the device sends at `time`. */
export function userAgent(device: Device, time: number): string {
  const number = version(device, time)
  const os = platform(device, number)
  if (device.browser === 'firefox') return `Mozilla/5.0 (${os}; rv:${number}.0) Gecko/20100101 Firefox/${number}.0`
  if (device.browser === 'app') {
    const build = `Outlook/4.${number}.0`
    if (device.family === 'android') return `${build} (${os})`
    return `${build} (iPhone; iOS 18.${Math.max(0, number - 440) % 10})`
  }
  if (device.browser === 'safari') {
    const safari = `${Math.floor(number / 10)}.${number % 10}`
    const mobile = device.family === 'ios' ? ' Mobile/15E148' : ''
    return `Mozilla/5.0 (${os}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${safari}${mobile} Safari/605.1.15`
  }
  const mobile = device.family === 'android' ? ' Mobile' : ''
  const edge = device.browser === 'edge' ? ` Edg/${number}.0.0.0` : ''
  return `Mozilla/5.0 (${os}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${number}.0.0.0${mobile} Safari/537.36${edge}`
}
