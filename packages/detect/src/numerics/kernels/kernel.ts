import { HeedfulError } from '../../contracts/errors.ts'

/** What is used of WebAssembly: the library is typed without the declarations of a page or of Node. */
interface Memory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}
interface Host {
  readonly WebAssembly?: {
    readonly Module: new (bytes: Uint8Array) => object
    readonly Instance: new (module: object, imports: object) => { readonly exports: object }
    readonly Memory: new (limits: { initial: number; maximum: number }) => Memory
  }
  atob(text: string): string
}
const host = globalThis as unknown as Host

const PAGE = 65536
/** 4 GiB, what 32-bit addresses reach. */
const MOST_PAGES = 65536

/** An instance and its memory. Growing replaces `memory.buffer`: take a view when it is needed, and never keep one. */
export interface Kernel<Exports> {
  readonly run: Exports
  /** The bytes of memory now. Empty after the next `reserve`. */
  buffer(): ArrayBuffer
  /** Grows the memory to at least `bytes`. Error: `kernel-unavailable` where that much is not to be had. */
  reserve(bytes: number): void
}

const modules = new Map<string, object>()

function compile(base64: string): object {
  const known = modules.get(base64)
  if (known) return known
  if (!host.WebAssembly)
    throw new HeedfulError('kernel-unavailable', 'this engine has no WebAssembly; use Node or a current browser')
  const bytes = Uint8Array.from(host.atob(base64), (character) => character.charCodeAt(0))
  try {
    const module = new host.WebAssembly.Module(bytes)
    modules.set(base64, module)
    return module
  } catch (error) {
    const way = "a page's content security policy needs 'wasm-unsafe-eval'"
    throw new HeedfulError(
      'kernel-unavailable',
      `WebAssembly could not be opened (${(error as Error).message}); ${way}`,
    )
  }
}

/** Each memory reserves addresses, not bytes: about 13,000 can be open at once in Node on x64. */
function openMemory(assembly: NonNullable<Host['WebAssembly']>): Memory {
  try {
    return new assembly.Memory({ initial: 1, maximum: MOST_PAGES })
  } catch (error) {
    const way = 'close models that are no longer asked; a model is for many entities, not for one'
    throw new HeedfulError('kernel-unavailable', `no memory for a further kernel (${(error as Error).message}); ${way}`)
  }
}

/** Opens a kernel with memory of its own, at once: one a model. The compiled code is shared. */
export function openKernel<Exports>(base64: string): Kernel<Exports> {
  const module = compile(base64)
  const assembly = host.WebAssembly as NonNullable<Host['WebAssembly']>
  const memory = openMemory(assembly)
  const instance = new assembly.Instance(module, { env: { memory } })
  return {
    run: instance.exports as Exports,
    buffer: () => memory.buffer,
    reserve(bytes) {
      const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE)
      if (missing <= 0) return
      try {
        memory.grow(missing)
      } catch {
        throw new HeedfulError('kernel-unavailable', `no memory for a kernel of ${bytes} bytes; use a smaller model`)
      }
    },
  }
}
