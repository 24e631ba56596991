/** Names of people, and the account names that offices make of them. */
import type { Random } from '@heedful/detect/contracts/random'
import { chance, pick, whole } from '../draw.ts'

const GIVEN =
  'Anna Ben Carla David Elena Farid Grace Hannah Ivan Julia Karim Lena Marco Nadia Olivia Pedro Quentin Rania Sofia Tomasz Uma Victor Wei Ximena Yuki Zoe Arjun Bianca Chidi Dmitri Esra Felix Greta Hiro Ines Jonas Kavya Liam Mei Noah Oskar Priya Rafael Sara Thiago Ulrike Vikram Wanda Aisha Björn Chloé Diego Emma François Gül Henrik Isabel João Katarzyna Luca Márta Nils Oluwaseun Paula Ravi Søren Teresa Yusuf'.split(
    ' ',
  )

const FAMILY =
  "Adler Brown Costa Dubois Evans Fischer Garcia Hansen Iyer Jansen Kowalski Lopez Meyer Nguyen O'Brien Patel Quinn Rossi Schmidt Tanaka Ueda Vargas Wagner Xu Young Zhang Andersson Becker Chen Das Eriksen Fernandes Gupta Hoffmann Ivanova Jones Khan Lindqvist Müller Novak Okafor Popescu Reddy Silva Taylor Ünal Virtanen White Yilmaz Zimmermann Almeida Bauer Clark D'Angelo Edwards Fontaine Gruber Huang Ibrahim Johnson Krüger Larsen Moreau Nair Oliveira Peterson Rao Santos Thomas Walker van-der-Berg Wójcik Šimek".split(
    ' ',
  )

/** Ways in which account names are made; an organisation grown by mergers has several. */
const CONVENTIONS: readonly ((given: string, family: string) => string)[] = [
  (given, family) => `${given}.${family}`.toLowerCase(),
  (given, family) => `${given.slice(0, 1)}${family}`.toLowerCase(),
  (given, family) => `${family.slice(0, 6)}${given.slice(0, 2)}`.toLowerCase(),
]

/** Account names that somebody really has, and that break careless programs. */
const UNUSUAL = ['constructor', '__proto__', '$a', 'toString', 'null', 'MÜLLER.k', 'e1047', 'a', 'sys.test-2']

const ACCENTS = new Map(
  [...'áàâäãåéèêëíîïóôöõøúûüçñśšłżźćńğışýž'].map((letter, index) => [
    letter,
    'aaaaaaeeeeiiiooooouuucnsslzzcngisyz'.charAt(index),
  ]),
)

function plain(name: string): string {
  let out = ''
  for (const letter of name) out += ACCENTS.get(letter) ?? letter
  return out.replace(/'/g, '')
}

/** Draws account names that are all different, as long as it is kept. */
export function accountNames(random: Random): (contractor: boolean) => string {
  const taken = new Set<string>()
  let drawn = 0
  return (contractor) => {
    drawn++
    if (drawn % 67 === 41 && taken.size < UNUSUAL.length * 67) {
      const odd = UNUSUAL[Math.floor(drawn / 67) % UNUSUAL.length] as string
      if (!taken.has(odd)) {
        taken.add(odd)
        return odd
      }
    }
    const written = pick(random, CONVENTIONS)(pick(random, GIVEN), pick(random, FAMILY))
    const kept = chance(random, 0.97) ? plain(written) : written
    const base = contractor ? `ext-${kept}` : kept
    let name = base
    for (let n = 2; taken.has(name); n++) name = n < 4 ? `${base}${n}` : `${base}${whole(random, 4, 99999)}`
    taken.add(name)
    return name
  }
}

/** Names that scanners of the Internet try. */
export const SCANNED_NAMES: readonly string[] =
  'root admin test user ubuntu oracle postgres git guest ftpuser pi www deploy mysql hadoop jenkins nagios support backup centos ec2-user minecraft steam odoo testuser administrator web info sales scanner service es nginx tomcat zabbix ansible vagrant default operator'.split(
    ' ',
  )
