import { definePreparer } from '../contracts/define-preparer.ts'
import { int } from '../contracts/params.ts'
import type { Column } from '../contracts/rows.ts'
import { xxhash32 } from '../contracts/xxhash32.ts'
import { type Block, openBlocks } from './blocks.ts'

const PARAMS = {
  buckets: int(16, 1, 4096, 'columns that each column of categories becomes'),
}

type State = { readonly buckets: number }

/**
 * Feature hashing: each category gets +1 or −1 in one of a few columns, both by the hash of its name. So the width is known
 * however many categories there are; those that share a bucket and a sign look alike. A category that was not there when
 * fitted is 0 in every bucket, as no other is. Numbers pass through; missing stays missing, in each column of the category.
 *
 * @example `prepared(hashingEncoder, isolationForest)`
 */
export const hashingEncoder = definePreparer<typeof PARAMS, State>({
  id: 'hashing-encoder',
  version: 1,
  summary: 'Turns categories into a few columns of numbers by the hash of their names.',
  reference: 'Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009, section 2',
  params: PARAMS,
  columns: 'any',
  missing: 'accepts',
  fit: (_rows, _lesson, { buckets }) => ({ buckets }),
  open: ({ buckets }, inputs) =>
    openBlocks(
      inputs,
      inputs.map((input) => hashed(input, buckets)),
      () => ({ buckets }),
    ),
})

function hashed(input: Column, buckets: number): Block | undefined {
  if (input.type === 'number') return undefined
  const hashes = Float64Array.from(input.categories, hashOf)
  return {
    names: Array.from({ length: buckets }, (_, bucket) => `${input.name} # ${bucket}`),
    write(category, out, at) {
      if (category === hashes.length) return
      const hash = hashes[category]!
      out[at + (Math.floor(hash / 2) % buckets)] = hash % 2 === 0 ? 1 : -1
    },
  }
}

/** Of the code units of a name, low byte first: 0 … 2³² − 1, the same on every machine. */
function hashOf(name: string): number {
  const bytes = new Uint8Array(2 * name.length)
  for (let i = 0; i < name.length; i++) {
    bytes[2 * i] = name.charCodeAt(i) & 255
    bytes[2 * i + 1] = name.charCodeAt(i) >>> 8
  }
  return xxhash32(bytes, 0)
}
