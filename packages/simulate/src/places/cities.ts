/** Cities that people live in, travel to and connect from. */

export interface City {
  name: string
  region: string
  /** ISO 3166-1 alpha-2. */
  country: string
  latitude: number
  longitude: number
  /** IANA time zone. */
  zone: string
}

type Row = [name: string, region: string, country: string, latitude: number, longitude: number, zone: string]

const ROWS: readonly Row[] = [
  ['Berlin', 'Land Berlin', 'DE', 52.52, 13.405, 'Europe/Berlin'],
  ['Munich', 'Bavaria', 'DE', 48.137, 11.575, 'Europe/Berlin'],
  ['Hamburg', 'Hamburg', 'DE', 53.551, 9.994, 'Europe/Berlin'],
  ['Potsdam', 'Brandenburg', 'DE', 52.39, 13.065, 'Europe/Berlin'],
  ['Frankfurt am Main', 'Hesse', 'DE', 50.11, 8.682, 'Europe/Berlin'],
  ['London', 'England', 'GB', 51.507, -0.128, 'Europe/London'],
  ['Manchester', 'England', 'GB', 53.48, -2.242, 'Europe/London'],
  ['Reading', 'England', 'GB', 51.454, -0.978, 'Europe/London'],
  ['Edinburgh', 'Scotland', 'GB', 55.953, -3.188, 'Europe/London'],
  ['Paris', 'Île-de-France', 'FR', 48.857, 2.352, 'Europe/Paris'],
  ['Lyon', 'Auvergne-Rhône-Alpes', 'FR', 45.764, 4.836, 'Europe/Paris'],
  ['Versailles', 'Île-de-France', 'FR', 48.801, 2.13, 'Europe/Paris'],
  ['Warsaw', 'Mazovia', 'PL', 52.23, 21.012, 'Europe/Warsaw'],
  ['Kraków', 'Lesser Poland', 'PL', 50.065, 19.945, 'Europe/Warsaw'],
  ['Boston', 'Massachusetts', 'US', 42.36, -71.059, 'America/New_York'],
  ['Cambridge', 'Massachusetts', 'US', 42.374, -71.106, 'America/New_York'],
  ['Worcester', 'Massachusetts', 'US', 42.263, -71.802, 'America/New_York'],
  ['New York', 'New York', 'US', 40.713, -74.006, 'America/New_York'],
  ['Chicago', 'Illinois', 'US', 41.878, -87.63, 'America/Chicago'],
  ['Denver', 'Colorado', 'US', 39.739, -104.99, 'America/Denver'],
  ['Boulder', 'Colorado', 'US', 40.015, -105.27, 'America/Denver'],
  ['San Francisco', 'California', 'US', 37.775, -122.419, 'America/Los_Angeles'],
  ['Seattle', 'Washington', 'US', 47.606, -122.332, 'America/Los_Angeles'],
  ['Toronto', 'Ontario', 'CA', 43.653, -79.383, 'America/Toronto'],
  ['Hamilton', 'Ontario', 'CA', 43.256, -79.872, 'America/Toronto'],
  ['Montréal', 'Quebec', 'CA', 45.502, -73.567, 'America/Toronto'],
  ['Bengaluru', 'Karnataka', 'IN', 12.972, 77.594, 'Asia/Kolkata'],
  ['Hyderabad', 'Telangana', 'IN', 17.385, 78.487, 'Asia/Kolkata'],
  ['Mumbai', 'Maharashtra', 'IN', 19.076, 72.878, 'Asia/Kolkata'],
  ['Singapore', 'Singapore', 'SG', 1.352, 103.82, 'Asia/Singapore'],
  ['Sydney', 'New South Wales', 'AU', -33.869, 151.209, 'Australia/Sydney'],
  ['Newcastle', 'New South Wales', 'AU', -32.928, 151.782, 'Australia/Sydney'],
  ['Melbourne', 'Victoria', 'AU', -37.814, 144.963, 'Australia/Melbourne'],
  ['São Paulo', 'São Paulo', 'BR', -23.55, -46.633, 'America/Sao_Paulo'],
  ['Campinas', 'São Paulo', 'BR', -22.91, -47.062, 'America/Sao_Paulo'],
  ['Rio de Janeiro', 'Rio de Janeiro', 'BR', -22.907, -43.173, 'America/Sao_Paulo'],
  ['Amsterdam', 'North Holland', 'NL', 52.373, 4.892, 'Europe/Amsterdam'],
  ['Madrid', 'Madrid', 'ES', 40.417, -3.703, 'Europe/Madrid'],
  ['Palma', 'Balearic Islands', 'ES', 39.57, 2.65, 'Europe/Madrid'],
  ['Milan', 'Lombardy', 'IT', 45.464, 9.19, 'Europe/Rome'],
  ['Bucharest', 'Bucharest', 'RO', 44.427, 26.103, 'Europe/Bucharest'],
  ['Kyiv', 'Kyiv City', 'UA', 50.45, 30.523, 'Europe/Kyiv'],
  ['Istanbul', 'Istanbul', 'TR', 41.008, 28.978, 'Europe/Istanbul'],
  ['Moscow', 'Moscow', 'RU', 55.756, 37.617, 'Europe/Moscow'],
  ['Saint Petersburg', 'Saint Petersburg', 'RU', 59.931, 30.361, 'Europe/Moscow'],
  ['Shanghai', 'Shanghai', 'CN', 31.23, 121.474, 'Asia/Shanghai'],
  ['Guangzhou', 'Guangdong', 'CN', 23.129, 113.264, 'Asia/Shanghai'],
  ['Hanoi', 'Hanoi', 'VN', 21.028, 105.834, 'Asia/Ho_Chi_Minh'],
  ['Jakarta', 'Jakarta', 'ID', -6.209, 106.846, 'Asia/Jakarta'],
  ['Tokyo', 'Tokyo', 'JP', 35.676, 139.65, 'Asia/Tokyo'],
  ['Dubai', 'Dubai', 'AE', 25.205, 55.271, 'Asia/Dubai'],
  ['Lagos', 'Lagos', 'NG', 6.524, 3.379, 'Africa/Lagos'],
  ['Cape Town', 'Western Cape', 'ZA', -33.925, 18.424, 'Africa/Johannesburg'],
  ['Mexico City', 'Mexico City', 'MX', 19.433, -99.133, 'America/Mexico_City'],
]

export const CITIES: readonly City[] = ROWS.map(([name, region, country, latitude, longitude, zone]) => ({
  name,
  region,
  country,
  latitude,
  longitude,
  zone,
}))

const BY_NAME = new Map(CITIES.map((city) => [city.name, city]))

/** The city of that name. Throws when the table has none. */
export function cityNamed(name: string): City {
  const city = BY_NAME.get(name)
  if (city === undefined) throw new Error(`SIM-CITY: no city ${name} (see places/cities.ts)`)
  return city
}

/** Great-circle distance in km (haversine, mean radius 6,371 km). */
export function distanceKm(a: City, b: City): number {
  const rad = Math.PI / 180
  const dLat = Math.sin(((b.latitude - a.latitude) * rad) / 2)
  const dLon = Math.sin(((b.longitude - a.longitude) * rad) / 2)
  const h = dLat * dLat + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * dLon * dLon
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)))
}
