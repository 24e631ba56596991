/** Every kind of typed array that the codec carries. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array

/**
 * Data without behaviour: what all memory is made of. Saving, cloning, moving and replaying are written once for it.
 * Declare state as a `type`, not an `interface` (an interface has no index signature). Keys that come from users
 * (names of people, hosts, categories) belong into a `Map`, never into property names. `undefined` is not plain.
 */
export type Plain =
  | null
  | boolean
  | number
  | string
  | TypedArray
  | readonly Plain[]
  | ReadonlyMap<string, Plain>
  | { readonly [key: string]: Plain }

/** A deep copy that shares no array, map or record with the original. */
export function clonePlain<T extends Plain>(value: T): T {
  return copy(value) as T
}

function copy(value: Plain): Plain {
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) return (value as TypedArray).slice()
  if (Array.isArray(value)) return value.map(copy)
  if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, copy(inner)]))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]))
}
