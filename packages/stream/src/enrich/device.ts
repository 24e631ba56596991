/** A user agent as the thing that a person holds, or the tool that a script runs. */
import { parse as parseUserAgent } from 'bowser'
import { BoundedCache } from './bounded-cache.ts'

export interface Device {
  /** Browser, application or tool: `Chrome`, `Safari`, `curl`, `aws-cli` … Absent where the agent tells nothing. */
  browser?: string
  /** Its major version: `120`. */
  browserMajor?: string
  /** `Windows`, `macOS`, `iOS`, `Android`, `Linux` … */
  os?: string
  osMajor?: string
  form: 'desktop' | 'mobile' | 'tablet' | 'tool' | 'unknown'
}

/** Agents are read up to here: what comes later in them never told anything, and nobody may make us read a megabyte. */
const LONGEST_AGENT = 512

/** Names of products are kept up to here: for unknown agents bowser answers with whatever was sent. */
const LONGEST_NAME = 32

/** The first product of an agent: name and major version. RFC 9110, section 10.1.5. */
const PRODUCT = /^([A-Za-z][A-Za-z0-9._+-]{0,31})(?:\/v?(\d{1,6}))?/

/** Products that stand first in the agents of browsers and apps; everything else that stands first is a tool. */
const BROWSERS = /^(Mozilla|Opera|Dalvik)$/

/** Tools that hide behind another product: the first pattern found anywhere in the agent names it. */
const HIDDEN_TOOLS = /\b(WindowsPowerShell|PowerShell|aiohttp|Boto3|HeadlessChrome)\/v?(\d{1,6})/

/** Command-line tools and libraries write their system in words; bowser knows it only inside browsers' agents. */
const SYSTEMS: readonly [string, RegExp][] = [
  ['Windows', /windows|win32|mswin/i],
  ['macOS', /darwin|macos|mac os/i],
  ['Android', /android/i],
  ['Linux', /linux/i],
]

function tool(browser: string, major: string | undefined, agent: string): Device {
  const os = SYSTEMS.find(([, pattern]) => pattern.test(agent))?.[0]
  return {
    browser,
    ...(major === undefined ? {} : { browserMajor: major }),
    ...(os === undefined ? {} : { os }),
    form: 'tool',
  }
}

function readTool(agent: string): Device | undefined {
  const hidden = HIDDEN_TOOLS.exec(agent)
  if (hidden) return tool(hidden[1] as string, hidden[2], agent)
  // `SSH-2.0-OpenSSH_9.6`: the software version of RFC 4253, section 4.2.
  const ssh = /^SSH-\d\.\d+-([A-Za-z]{1,24})[_-]?(\d{1,6})?/.exec(agent)
  if (ssh) return tool(ssh[1] as string, ssh[2], agent)
  const product = PRODUCT.exec(agent)
  if (product === null || BROWSERS.test(product[1] as string)) return undefined
  return tool(product[1] as string, product[2], agent)
}

function major(version: string | undefined): string | undefined {
  return /\d{1,6}/.exec(version ?? '')?.[0]
}

function readForm(platform: string | undefined): Device['form'] {
  if (platform === 'desktop' || platform === 'mobile' || platform === 'tablet') return platform
  return platform === 'bot' ? 'tool' : 'unknown'
}

function readBrowser(agent: string): Device {
  const { browser, os, platform } = parseUserAgent(agent)
  const browserMajor = major(browser.version)
  // Windows calls its tenth version `NT 10.0`; the name that bowser derives is the one that people know.
  const osMajor = os.name === 'Windows' ? (os.versionName ?? major(os.version)) : major(os.version)
  return {
    ...(browser.name ? { browser: browser.name.slice(0, LONGEST_NAME) } : {}),
    ...(browserMajor === undefined ? {} : { browserMajor }),
    ...(os.name ? { os: os.name } : {}),
    ...(osMajor === undefined ? {} : { osMajor }),
    form: readForm(platform.type),
  }
}

function parseAgent(agent: string): Device {
  return Object.freeze(readTool(agent) ?? readBrowser(agent))
}

const recent = new BoundedCache<Device>(2048, parseAgent)

const NOTHING: Device = Object.freeze({ form: 'unknown' })

/** What a user agent says. Never throws; reads at most 512 characters. Frozen and shared: read it only. */
export function device(userAgent: string): Device {
  const agent = userAgent.slice(0, LONGEST_AGENT).trim()
  return agent === '' ? NOTHING : recent.get(agent)
}
