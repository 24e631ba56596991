/** Cities, operators and addresses. Operators and their numbers are real; which addresses they hold is made up. */
import { hash } from './random.js'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const MINUTE = 60_000

/** name: [country, latitude, longitude, standard offset in hours, daylight saving rule] */
const CITY_TABLE = {
  Utrecht: ['NL', 52.09, 5.12, 1, 'eu'],
  Amsterdam: ['NL', 52.37, 4.9, 1, 'eu'],
  Rotterdam: ['NL', 51.92, 4.48, 1, 'eu'],
  Eindhoven: ['NL', 51.44, 5.48, 1, 'eu'],
  Arnhem: ['NL', 51.98, 5.91, 1, 'eu'],
  Katowice: ['PL', 50.26, 19.02, 1, 'eu'],
  Krakow: ['PL', 50.06, 19.94, 1, 'eu'],
  Warsaw: ['PL', 52.23, 21.01, 1, 'eu'],
  Toronto: ['CA', 43.65, -79.38, -5, 'na'],
  Hamilton: ['CA', 43.26, -79.87, -5, 'na'],
  Montreal: ['CA', 45.5, -73.57, -5, 'na'],
  Madrid: ['ES', 40.42, -3.7, 1, 'eu'],
  Valencia: ['ES', 39.47, -0.38, 1, 'eu'],
  Lisbon: ['PT', 38.72, -9.14, 0, 'eu'],
  London: ['GB', 51.51, -0.13, 0, 'eu'],
  Dublin: ['IE', 53.35, -6.26, 0, 'eu'],
  Paris: ['FR', 48.86, 2.35, 1, 'eu'],
  Frankfurt: ['DE', 50.11, 8.68, 1, 'eu'],
  Munich: ['DE', 48.14, 11.58, 1, 'eu'],
  Hamburg: ['DE', 53.55, 9.99, 1, 'eu'],
  Zurich: ['CH', 47.38, 8.54, 1, 'eu'],
  Milan: ['IT', 45.46, 9.19, 1, 'eu'],
  Stockholm: ['SE', 59.33, 18.07, 1, 'eu'],
  Brussels: ['BE', 50.85, 4.35, 1, 'eu'],
  Vienna: ['AT', 48.21, 16.37, 1, 'eu'],
  Bucharest: ['RO', 44.43, 26.1, 2, 'eu'],
  Sofia: ['BG', 42.7, 23.32, 2, 'eu'],
  Kyiv: ['UA', 50.45, 30.52, 2, 'eu'],
  Istanbul: ['TR', 41.01, 28.98, 3, ''],
  Moscow: ['RU', 55.76, 37.62, 3, ''],
  'New York': ['US', 40.71, -74.01, -5, 'na'],
  Chicago: ['US', 41.88, -87.63, -6, 'na'],
  Dallas: ['US', 32.78, -96.8, -6, 'na'],
  'San Jose': ['US', 37.34, -121.89, -8, 'na'],
  Singapore: ['SG', 1.35, 103.82, 8, ''],
  Tokyo: ['JP', 35.68, 139.69, 9, ''],
  Seoul: ['KR', 37.57, 126.98, 9, ''],
  Dubai: ['AE', 25.2, 55.27, 4, ''],
  Mumbai: ['IN', 19.08, 72.88, 5.5, ''],
  Hanoi: ['VN', 21.03, 105.85, 7, ''],
  Jakarta: ['ID', -6.21, 106.85, 7, ''],
  Lagos: ['NG', 6.52, 3.38, 1, ''],
  Johannesburg: ['ZA', -26.2, 28.05, 2, ''],
  'Sao Paulo': ['BR', -23.55, -46.63, -3, ''],
  Shenzhen: ['CN', 22.54, 114.06, 8, ''],
}

export const CITIES = new Map(
  Object.entries(CITY_TABLE).map(([name, [country, lat, lon, offset, saving]]) => [
    name,
    { name, country, lat, lon, offset, saving },
  ]),
)

export const city = (name) => CITIES.get(name)

/** country: fixed-line operators, then mobile ones with the cities where their customers come out. */
const OPERATORS = {
  NL: [
    [
      [1136, 'KPN B.V.'],
      [33915, 'Vodafone Libertel B.V.'],
      [50266, 'Odido Netherlands B.V.'],
    ],
    [
      [31615, 'Odido Netherlands B.V.', ['Amsterdam']],
      [15480, 'Vodafone Libertel Mobile', ['Amsterdam', 'Eindhoven']],
    ],
  ],
  PL: [
    [
      [5617, 'Orange Polska Spolka Akcyjna'],
      [12741, 'Netia SA'],
      [29314, 'Vectra S.A.'],
    ],
    [
      [8374, 'Polkomtel Sp. z o.o.', ['Warsaw']],
      [12912, 'T-Mobile Polska S.A.', ['Warsaw', 'Krakow']],
    ],
  ],
  CA: [
    [
      [812, 'Rogers Communications Canada Inc.'],
      [577, 'Bell Canada'],
      [5645, 'TekSavvy Solutions, Inc.'],
    ],
    [
      [36522, 'Bell Mobility, Inc.', ['Toronto', 'Montreal']],
      [803, 'Freedom Mobile Inc.', ['Toronto']],
    ],
  ],
  ES: [
    [
      [3352, 'Telefonica de Espana, S.A.U.'],
      [12479, 'Orange Espagne SA'],
    ],
    [[12430, 'Vodafone Spain', ['Madrid']]],
  ],
  PT: [
    [
      [3243, 'Servicos De Comunicacoes E Multimedia S.A.'],
      [2860, 'NOS COMUNICACOES, S.A.'],
    ],
    [[42863, 'MEO Movel', ['Lisbon']]],
  ],
  GB: [
    [
      [2856, 'British Telecommunications PLC'],
      [5089, 'Virgin Media Limited'],
    ],
    [[12576, 'EE Limited', ['London']]],
  ],
  IE: [[[5466, 'Eircom Limited']], [[13280, 'Three Ireland', ['Dublin']]]],
  FR: [
    [
      [3215, 'Orange S.A.'],
      [12322, 'Free SAS'],
    ],
    [[51207, 'Free Mobile SAS', ['Paris']]],
  ],
  DE: [
    [
      [3320, 'Deutsche Telekom AG'],
      [3209, 'Vodafone GmbH'],
    ],
    [[6805, 'Telefonica Germany', ['Frankfurt', 'Munich']]],
  ],
  US: [
    [
      [7922, 'Comcast Cable Communications, LLC'],
      [701, 'Verizon Business'],
      [20115, 'Charter Communications'],
    ],
    [[21928, 'T-Mobile USA, Inc.', ['New York', 'Dallas', 'Chicago']]],
  ],
  RU: [[[12389, 'Rostelecom']], [[25513, 'PJSC MTS', ['Moscow']]]],
  CN: [[[4134, 'Chinanet']], [[9808, 'China Mobile', ['Shenzhen']]]],
  RO: [[[8708, 'Digi Romania S.A.']], [[12302, 'Vodafone Romania', ['Bucharest']]]],
  VN: [[[45899, 'VNPT Corp']], [[24086, 'Viettel', ['Hanoi']]]],
  BR: [[[28573, 'Claro NXT']], [[26599, 'Telefonica Brasil', ['Sao Paulo']]]],
  IN: [[[24560, 'Bharti Airtel Ltd.']], [[55836, 'Reliance Jio Infocomm Limited', ['Mumbai']]]],
}
const OTHERWISE = (country) => [
  [[64000 + (hash(country) % 400), `${country} Telecom`]],
  [[64400 + (hash(country) % 90), `${country} Cellular`, null]],
]

/** Data centres and exits of private networks: [number, name, cities]. */
export const HOSTING = [
  [14061, 'DigitalOcean, LLC', ['Amsterdam', 'Frankfurt', 'New York', 'Singapore']],
  [16276, 'OVH SAS', ['Paris', 'Warsaw', 'Montreal']],
  [24940, 'Hetzner Online GmbH', ['Frankfurt']],
  [20473, 'The Constant Company, LLC', ['Tokyo', 'Dallas', 'London']],
  [63949, 'Akamai Connected Cloud', ['Mumbai', 'Singapore', 'New York']],
  [49505, 'JSC Selectel', ['Moscow']],
  [202425, 'IP Volume inc', ['Amsterdam']],
  [44477, 'Stark Industries Solutions Ltd', ['Kyiv', 'Dallas']],
  [45102, 'Alibaba US Technology Co., Ltd.', ['Singapore', 'Shenzhen']],
]
export const PRIVACY = [
  [9009, 'M247 Europe SRL', ['London', 'Zurich', 'Bucharest', 'New York', 'Amsterdam']],
  [212238, 'Datacamp Limited', ['Frankfurt', 'Madrid', 'Stockholm', 'Chicago']],
  [39351, '31173 Services AB', ['Stockholm', 'Zurich']],
  [60068, 'Datacamp Limited', ['Paris', 'Vienna', 'Warsaw']],
]
export const GATE = [22616, 'ZSCALER, INC.']
export const RELAY = [36183, 'Akamai Technologies, Inc.']

export const operatorsOf = (country) => OPERATORS[country] ?? OTHERWISE(country)

const RESERVED = new Set([10, 100, 127, 169, 172, 192, 198, 203])

/** Addresses: an operator has a few /16 in each city; one block in thirty is located wrongly by the geolocation data. */
export function addressBook(d) {
  const taken = new Map()
  const places = new Map()
  function prefix(owner) {
    for (let salt = 0; ; salt++) {
      const h = hash(`${owner}#${salt}`)
      const first = 18 + (h % 200)
      const key = `${first}.${(h >>> 9) & 255}`
      if (RESERVED.has(first) || (taken.has(key) && taken.get(key) !== owner)) continue
      taken.set(key, owner)
      return key
    }
  }
  function located(block, where) {
    if (!places.has(block)) {
      const luck = d.u()
      const near = [...CITIES.values()].filter((c) => c.country === where.country)
      const wrong = luck < 0.004 ? d.pick([...CITIES.values()]) : luck < 0.034 ? d.pick(near) : where
      places.set(block, wrong)
    }
    return places.get(block)
  }
  const net = (ip, where, as, kind) => ({ ip, where, as, kind })
  return {
    /** One address of an operator's customers in a city. */
    line(operator, cityName, x = d.int(0, 255), y = d.int(2, 254)) {
      const block = `${prefix(`${operator[0]}@${cityName}`)}.${x}`
      return net(`${block}.${y}`, located(block, city(cityName)), operator, 'line')
    },
    /** An address of the sixth version, new every day inside the customer's own /64. */
    line6(operator, cityName, customer) {
      const h = hash(`${operator[0]}@${cityName}:${customer}`)
      const own = `2a${(2 + (operator[0] % 12)).toString(16).padStart(2, '0')}:${(operator[0] & 0xffff).toString(16)}:${(h & 0xffff).toString(16)}:${(h >>> 16).toString(16)}`
      const tail = [0, 0, 0, 0].map(() => d.int(1, 65535).toString(16)).join(':')
      return net(`${own}:${tail}`, located(own, city(cityName)), operator, 'line')
    },
    /** Behind a carrier's gateway, far from where the telephone is. */
    mobile(country, home) {
      const [number, name, exits] = home ?? d.pick(operatorsOf(country)[1])
      const at = exits ? d.pick(exits) : [...CITIES.values()].find((c) => c.country === country).name
      return net(`${prefix(`${number}@${at}`)}.${d.int(0, 5)}.${d.int(1, 60)}`, city(at), [number, name], 'mobile')
    },
    rented([number, name, cities], at = d.pick(cities)) {
      return net(`${prefix(`${number}@${at}`)}.${d.int(0, 40)}.${d.int(2, 254)}`, city(at), [number, name], 'hosting')
    },
    exit: (owner, at, n) => net(`${prefix(`${owner[0]}@${at}`)}.${n >> 6}.${(n % 64) + 10}`, city(at), owner, 'exit'),
  }
}

/** Milliseconds that a city's clocks are ahead of UTC at a moment. */
export function ahead(place, t) {
  const year = new Date(t).getUTCFullYear()
  const sunday = (month, nth) => {
    if (nth > 0) {
      const first = new Date(Date.UTC(year, month, 1)).getUTCDay()
      return Date.UTC(year, month, 1 + ((7 - first) % 7) + 7 * (nth - 1))
    }
    const last = new Date(Date.UTC(year, month + 1, 0))
    return Date.UTC(year, month, last.getUTCDate() - last.getUTCDay())
  }
  let saving = 0
  if (place.saving === 'eu') saving = t >= sunday(2, -1) + HOUR && t < sunday(9, -1) + HOUR ? 1 : 0
  if (place.saving === 'na') saving = t >= sunday(2, 2) + 7 * HOUR && t < sunday(10, 1) + 6 * HOUR ? 1 : 0
  return (place.offset + saving) * HOUR
}
