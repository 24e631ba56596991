/**
 * Sign-in logs of Microsoft Entra ID (Azure AD), one JSON object a line, in the three forms that they leave it in: Graph API
 * (`createdDateTime`, `userPrincipalName`), Azure Monitor (the same below `properties`), Log Analytics (`CreatedDateTime`,
 * `UserPrincipalName`). https://learn.microsoft.com/graph/api/resources/signin
 */
import { clockOf, meanLikeness } from '../json/whole-stamps.ts'
import type { Source } from '../source.ts'
import { EntraParser } from './parser.ts'
import { readStamp } from './stamp.ts'

const CATEGORY = /"(?:category|type)"\s*:\s*"\w*sign-?in\w*"/i
const WHO = /"(?:userPrincipalName|servicePrincipalName)"\s*:/i
const WHERE = /"(?:appDisplayName|clientAppUsed|conditionalAccessStatus)"\s*:/i

/** 1 for a sign-in. A document with `@timestamp` is one of Elastic's, whatever it tells of. */
function likeness(line: string): number {
  if (line.charCodeAt(0) !== 123 || Number.isNaN(readStamp(line)) || line.includes('"@timestamp"')) return 0
  return CATEGORY.test(line) || (WHO.test(line) && WHERE.test(line)) ? 1 : 0
}

export const entraSignIn: Source = {
  id: 'entra-sign-in',
  title: 'Microsoft Entra ID (Azure AD) sign-in logs, one JSON object a line',
  sniff: (lines) => meanLikeness(lines, likeness),
  stamp: { year: false, zone: false },
  clock: (state) => clockOf(state, readStamp),
  open: (_door, saved) => new EntraParser(saved),
}
