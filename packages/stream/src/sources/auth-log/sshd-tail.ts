/**
 * `NAME from ADDRESS port N ssh2: KEY`, as OpenSSH's auth.c (auth_log) prints it. The name is whatever somebody typed: it may
 * hold spaces, ` from ` or a whole forged tail. So it is read from the right, where sshd itself wrote.
 */
import type { Endpoint } from '../../event.ts'
import { remote } from './entry.ts'

export interface Tail {
  name: string
  from: Endpoint
  keyFingerprint?: string
}

/** What ends a line without a certificate: no text of a client stands in it. */
const PLAIN = /^(\S+)(?: port (\d{1,5}))?(?: ssh[12]?)?(?:: ([A-Za-z0-9@.-]+) ([A-Za-z0-9]+:[A-Za-z0-9:+/=]+))?$/
/** How a line with a certificate ends; its ID before that is a text that whoever made the certificate chose. */
const CERTIFICATE_END = / \(serial \d+\) CA [\w@.-]+ \S+$/
const CERTIFICATE = / from (\S+) port (\d{1,5}) ssh2: [A-Za-z0-9@.-]*-CERT(?:-[\w@.-]+)? (.*)$/
const CERTIFICATE_STARTS = / from \S+ port \d{1,5} ssh2: [A-Za-z0-9@.-]*-CERT/g
const CERTIFICATE_FINGERPRINT = /^((?:SHA256|MD5):[A-Za-z0-9:+/=]+) ID /

function readCertificate(text: string): Tail | 'ambiguous' | undefined {
  if (!text.includes('-CERT') || !CERTIFICATE_END.test(text)) return undefined
  const starts = text.match(CERTIFICATE_STARTS)
  if (starts === null) return undefined
  if (starts.length > 1) return 'ambiguous'
  const found = CERTIFICATE.exec(text)
  const from = found === null ? undefined : remote(found[1] as string, found[2])
  if (found === null || from === undefined) return undefined
  const tail: Tail = { name: text.slice(0, found.index), from }
  const fingerprint = CERTIFICATE_FINGERPRINT.exec(found[3] as string)?.[1]
  if (fingerprint !== undefined) tail.keyFingerprint = fingerprint
  return tail
}

/** Undefined where the text does not end as sshd would end it; `ambiguous` where two readings are possible. */
export function readTail(text: string): Tail | 'ambiguous' | undefined {
  const certificate = readCertificate(text)
  if (certificate !== undefined) return certificate
  const at = text.lastIndexOf(' from ')
  // An empty name leaves `from …` at the very beginning.
  const bare = at < 0 && text.startsWith('from ')
  if (at < 0 && !bare) return undefined
  const found = PLAIN.exec(text.slice(bare ? 5 : at + 6))
  const from = found === null ? undefined : remote(found[1] as string, found[2])
  if (found === null || from === undefined) return undefined
  const tail: Tail = { name: bare ? '' : text.slice(0, at), from }
  if (found[4] !== undefined) tail.keyFingerprint = found[4]
  return tail
}

/** `NAME ADDRESS port N`: how sshd ends notices of connections that were closed. */
export function readClosedTail(text: string): Tail | undefined {
  const portAt = text.lastIndexOf(' port ')
  const port = portAt < 0 ? undefined : /^\d{1,5}$/.exec(text.slice(portAt + 6))?.[0]
  const before = port === undefined ? text : text.slice(0, portAt)
  const at = before.lastIndexOf(' ')
  const from = remote(before.slice(at + 1), port)
  if (from === undefined || (port === undefined && from.ip === undefined)) return undefined
  return { name: at < 0 ? '' : before.slice(0, at), from }
}
