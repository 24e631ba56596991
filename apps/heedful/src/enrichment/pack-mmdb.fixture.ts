/** Databases of MaxMind's form, small ones, made where they are needed. */

/** The data section of MaxMind DB 2.0 for what the tests need: maps, texts, doubles, small unsigned integers. */
function packValue(value: unknown): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    return Buffer.concat([Buffer.from([(2 << 5) | text.length]), text])
  }
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([Buffer.from([(6 << 5) | 4]), bytes])
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleBE(value)
    return Buffer.concat([Buffer.from([(3 << 5) | 8]), bytes])
  }
  const entries = Object.entries(value as object)
  return Buffer.concat([
    Buffer.from([(7 << 5) | entries.length]),
    ...entries.flatMap(([key, inner]) => [packValue(key), packValue(inner)]),
  ])
}

/** A database that knows one IPv4 /8. */
export function packMmdb(firstByte: number, answer: object): Buffer {
  const nodes = 8
  const tree = Buffer.alloc(nodes * 6)
  for (let bit = 0; bit < nodes; bit++) {
    const right = (firstByte >> (7 - bit)) & 1
    const next = bit === nodes - 1 ? nodes + 16 : bit + 1
    tree.writeUIntBE(right ? nodes : next, bit * 6, 3)
    tree.writeUIntBE(right ? next : nodes, bit * 6 + 3, 3)
  }
  const metadata = {
    node_count: nodes,
    record_size: 24,
    ip_version: 4,
    database_type: 'Test',
    binary_format_major_version: 2,
  }
  return Buffer.concat([
    tree,
    Buffer.alloc(16),
    packValue(answer),
    Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'),
    packValue(metadata),
  ])
}

export const BERLIN = {
  country: { iso_code: 'DE' },
  city: { names: { en: 'Berlin' } },
  location: { latitude: 52.52, longitude: 13.405, accuracy_radius: 20 },
}
