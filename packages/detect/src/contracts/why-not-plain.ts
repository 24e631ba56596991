/** The name of what a value is, for people. */
function kindName(value: unknown): string {
  if (typeof value === 'symbol') return 'an entry whose key is no text'
  if (typeof value !== 'object' || value === null) return typeof value
  return `a ${value.constructor?.name ?? 'object without a constructor'}`
}

function isRecord(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** The children of a value with the way to each, or undefined where the value itself is not plain. */
function children(value: unknown): [string, unknown][] | undefined {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return []
  if (typeof value !== 'object') return undefined
  if (ArrayBuffer.isView(value)) return value instanceof DataView ? undefined : []
  if (Array.isArray(value)) return Array.from(value, (inner, i) => [`[${i}]`, inner])
  // A symbol stands for a key that is no text: it is refused as a value, at the place of the entry.
  if (value instanceof Map) {
    return [...value].map(([key, inner]) => [
      `.get(${JSON.stringify(key)})`,
      typeof key === 'string' ? inner : Symbol.iterator,
    ])
  }
  return isRecord(value) ? Object.entries(value).map(([key, inner]) => [`.${key}`, inner]) : undefined
}

/** Names the first place at which `value` is not plain data and the way out; undefined where all of it is. Depth up to 1,000. */
export function whyNotPlain(value: unknown, path = 'state', depth = 0): string | undefined {
  const inner = children(value)
  if (!inner)
    return `${path} is ${kindName(value)}, which is not plain data; keep numbers, text, typed arrays, arrays, Maps with text keys or records (null for "nothing")`
  if (depth > 1000) return undefined
  for (const [step, child] of inner) {
    const found = whyNotPlain(child, path + step, depth + 1)
    if (found) return found
  }
  return undefined
}
