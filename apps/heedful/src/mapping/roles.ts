/** What a column can be to an event: by its name, and by its values. */
import {
  type Column,
  isAddress,
  isAgent,
  isCount,
  isFlag,
  isHash,
  isNumber,
  isPath,
  isStructure,
  shareOf,
} from './profile.ts'

export interface Role {
  /** Outward name of a field of events. */
  field: string
  strong: RegExp
  weak?: RegExp
  never?: RegExp
  /** 0 … 1: how well the values fit. 0: it is not that. */
  fits(column: Column): number
  /** The values alone say it. */
  byValues?: (column: Column) => boolean
}

const words = (column: Column): number =>
  shareOf(
    column,
    (text) => !isAddress(text) && !isStructure(text) && !/^-?\d+(?:\.\d+)?$/.test(text) && text.length <= 256,
  )

/** People are more than one and come again; numbers and long hexadecimal names may be people as well. */
function people(column: Column): number {
  const { distinct, values } = column
  if (shareOf(column, isAddress) > 0.5 || shareOf(column, isStructure) > 0.2 || shareOf(column, isAgent) > 0.5) return 0
  if (distinct < 2) return 0.5
  if (values.length > 50 && distinct === values.length) return 0.2
  if (values.length > 50 && shareOf(column, isFlag) > 0.9) return 0
  return shareOf(column, (text) => isNumber(text) || isHash(text)) > 0.5 ? 0.7 : 1
}

const counts = (column: Column): number => (shareOf(column, isCount) >= 0.95 ? 1 : 0)
const ports = (column: Column): number =>
  shareOf(column, (text) => isCount(text) && Number(text) <= 65_535) >= 0.95 ? 1 : 0
/** Some logs write names of services, or nothing of use, in the place of an address. */
const addresses = (column: Column): number => {
  const share = shareOf(column, isAddress)
  return share >= 0.8 ? 1 : share >= 0.3 ? share : 0
}
const any = (): number => 1
const within = (most: number) => (column: Column) =>
  shareOf(column, (text) => isNumber(text) && Math.abs(Number(text)) <= most) >= 0.95 ? 1 : 0
const texts = (column: Column): number =>
  shareOf(column, (text) => !isNumber(text)) >= 0.5 && shareOf(column, isStructure) < 0.2 ? 1 : 0

/** Each its own. Running numbers begin anew in each file, and would make one event of two. */
function ids(column: Column): number {
  const { filled, values, distinct } = column
  return filled === 1 && values.length >= 20 && distinct === values.length && shareOf(column, isCount) < 0.1 ? 1 : 0
}

export const ROLES: readonly Role[] = [
  {
    field: 'user.name',
    strong:
      /(?:^|_)(?:user_?names?|user_?principal_?name|upn|login_?name|account_?name|target_user_name|users?|login|account|employee(?:_id)?|principal|sam_account_name|src_user|suser|benutzer(?:_?name|_?kennung)?|nutzer(?:_?name)?|anmelde_?name)$/,
    weak: /(?:^|_)(?:user_?id|userid|user_?key|e?mail|email_address|identity|actor|subject|customer(?:_id)?|member|person|caller|who|arn)$/,
    never:
      /owner|agent|device|computer|machine|server|file|process|(?:^|_)app|service|domain|group|type|display|workstation|role|event|operation|reputation|location|attempts|count|bucket|resource|session|subject_user|parameters|request_|response_|tenant|recipient/,
    fits: people,
  },
  {
    field: 'actor.name',
    strong: /(?:^|_)(?:subject_user_name|actor_name|initiated_by|initiator|performed_by|changed_by|requested_by)$/,
    fits: people,
  },
  {
    field: 'src_endpoint.ip',
    strong:
      /(?:^|_)(?:(?:src|source|client|remote|caller|peer|from|user|login|c)_?(?:ip|ip_?addr(?:ess)?|addr(?:ess)?)|ip|ip_?addr(?:ess)?|ipaddress|source_ipaddress|remote_?addr|id_orig_h|orig_h|saddr|remote_host)$/,
    never: /dst|dest|target|server|local|resp_h|(?:^|_)vm|host_ip|changes|unique/,
    fits: addresses,
    byValues: (column) =>
      shareOf(column, isAddress) >= 0.8 && !/dst|dest|target|server|local|resp_h|(?:^|_)vm|host_ip/.test(column.word),
  },
  {
    field: 'dst_endpoint.ip',
    strong:
      /(?:^|_)(?:(?:dst|dest|destination|target|server|local|host|vm|resp)_?(?:ip|ip_?addr(?:ess)?|addr(?:ess)?)|vmipaddress|host_ip|id_resp_h|resp_h|daddr)$/,
    fits: addresses,
  },
  {
    field: 'src_endpoint.port',
    strong: /(?:^|_)(?:(?:src|source|client|remote|orig|s)_?port|sport|id_orig_p)$/,
    fits: ports,
  },
  {
    field: 'dst_endpoint.port',
    strong: /(?:^|_)(?:(?:dst|dest|destination|target|server|resp|d)_?port|dport|id_resp_p)$/,
    fits: ports,
  },
  {
    field: 'src_endpoint.hostname',
    strong: /(?:^|_)(?:(?:src|source|client|remote)_?(?:host|host_?name|computer)|workstation(?:_name)?)$/,
    fits: words,
  },
  {
    field: 'dst_endpoint.hostname',
    strong:
      /(?:^|_)(?:host|host_?name|computer|computer_?name|server|server_?name|machine|machine_name|(?:dst|dest|destination|target)_?(?:host|host_?name|name|computer)|dvc|vm_?name|vmname|node)$/,
    weak: /(?:^|_)(?:device_?name|system|terminal_id)$/,
    never: /src|source|client|user_|remote/,
    fits: (column) => (shareOf(column, isAddress) > 0.5 ? 0 : 1),
  },
  {
    field: 'user_agent',
    strong: /user_?agent(?:_string)?$|(?:^|_)(?:ua|agent|useragent)$/,
    weak: /browser|client_?(?:app|version|info)/,
    fits: (column) =>
      /mismatch|change|count/.test(column.word) || shareOf(column, isNumber) > 0.5
        ? 0
        : Math.max(0.5, shareOf(column, isAgent)),
    byValues: (column) => shareOf(column, (text) => /^Mozilla\//.test(text)) > 0.4,
  },
  {
    field: 'service',
    strong:
      /(?:^|_)(?:service|service_?name|app|application|app_?display_?name|application_?name|program|event_?source|workload|office_workload|product|daemon)$/,
    weak: /(?:^|_)(?:protocol|protocol_type|proto|process_?name|l7_?protocol|component|channel)$/,
    fits: (column) => (column.distinct > 1000 || shareOf(column, isHash) > 0.5 ? 0 : words(column)),
  },
  {
    field: 'resource',
    strong:
      /(?:^|_)(?:resource|resource_name|path|file|file_?path|file_?name|object|object_?name|object_id|url|uri|request_?uri|request_path|bucket|bucket_?name|share|share_name|table|document|target_resource|page)$/,
    never: /source_file|process|parent|image|config/,
    fits: texts,
    byValues: (column) =>
      shareOf(column, isPath) > 0.8 && !/process|image|parent|agent|referr?er|tenant|subscription/.test(column.word),
  },
  { field: 'command', strong: /(?:^|_)(?:command|command_?line|cmd|cmd_?line)$/, fits: texts },
  {
    field: 'bytes_out',
    strong:
      /(?:^|_)(?:bytes?_?(?:out|sent|downloaded|returned|tx|transferred_out)|(?:out|sent|tx|response|resp|download(?:ed)?|dst|d|sc)_?bytes|total_?bytes_?sent|body_bytes_sent|bytes_to_client)$/,
    weak: /(?:^|_)(?:bytes|size|content_length|tot_bytes|total_bytes|file_?size|response_size|transferred|bytes_transferred)$/,
    never: /packet|screen/,
    fits: counts,
  },
  {
    field: 'bytes_in',
    strong:
      /(?:^|_)(?:bytes?_?(?:in|received|recv|uploaded|rx|transferred_?in)|(?:in|recv|received|rx|request|req|upload(?:ed)?|src|s|cs)_?bytes|bytes_from_client|total_?bytes_?received)$/,
    never: /packet/,
    fits: counts,
  },
  {
    field: 'auth_method',
    strong:
      /(?:^|_)(?:auth(?:entication)?_?(?:method|type|package(?:_name)?|protocol|mechanism)|authentication_methods_used|login_?method|logon_method)$/,
    weak: /(?:^|_)logon_?type$/,
    fits: (column) => (column.distinct > 100 ? 0 : 1),
  },
  {
    field: 'is_mfa',
    strong: /(?:^|_)(?:is_?)?(?:mfa|two_factor|2fa|multi_?factor)(?:_used|_passed|_authenticated)?$/,
    fits: (column) => (shareOf(column, isFlag) > 0.9 ? 1 : 0),
  },
  { field: 'key_fingerprint', strong: /fingerprint|thumbprint/, fits: texts },
  {
    field: 'device.id',
    strong: /(?:^|_)(?:device_?id|device|serial(?:_number)?|mac(?:_address)?|imei|asset_?id)$/,
    fits: (column) => (shareOf(column, isStructure) > 0.2 ? 0 : 1),
  },
  { field: 'device.os', strong: /(?:^|_)(?:os|operating_?system|os_name|platform)$/, fits: texts },
  {
    field: 'user.department',
    strong: /(?:^|_)(?:department|dept|team|business_unit|division|org_?unit|user_group)$/,
    fits: texts,
  },
  { field: 'user.domain', strong: /(?:^|_)(?:user_domain|target_domain_name|account_domain|domain)$/, fits: texts },
  {
    field: 'src_endpoint.location.country',
    strong:
      /(?:^|_)(?:country|country_?code|country_iso(?:_code)?|geo_?country|src_country|source_country|country_or_region)$/,
    weak: /(?:^|_)(?:location|geo|geolocation|origin)$/,
    fits: (column) => (shareOf(column, (text) => /^[A-Za-z]{2}$/.test(text)) >= 0.8 ? 1 : 0),
  },
  { field: 'src_endpoint.location.city', strong: /(?:^|_)(?:city|city_name|geo_?city|geolocation_city)$/, fits: texts },
  { field: 'src_endpoint.location.latitude', strong: /(?:^|_)(?:lat|latitude)$/, fits: within(90) },
  { field: 'src_endpoint.location.longitude', strong: /(?:^|_)(?:lon|lng|long|longitude)$/, fits: within(180) },
  {
    field: 'src_endpoint.autonomous_system.number',
    strong: /(?:^|_)(?:asn|as_number|autonomous_system(?:_number)?)$/,
    fits: (column) => (shareOf(column, (text) => /^(?:AS)?\d{1,10}$/i.test(text)) > 0.9 ? 1 : 0),
  },
  {
    field: 'src_endpoint.autonomous_system.name',
    strong: /(?:^|_)(?:isp|as_name|as_org(?:anization)?|asn_org)$/,
    fits: texts,
  },
  {
    field: 'status_detail',
    strong: /(?:^|_)(?:reason|failure_?reason|error_?(?:message|code|description)|result_?description|status_message)$/,
    fits: any,
  },
  {
    field: 'id',
    strong: /(?:^|_)(?:event_?id|id|uuid|guid|record_?id|log_?id|request_?id|transaction_?id|unique_?id|message_?id)$/,
    never: /user|device|tenant|session|resource|correlation|process|line|row/,
    fits: ids,
  },
]
