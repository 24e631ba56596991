/** Unpacks gzip a piece at a time, also several members behind each other, and hands out what is good before a damage. */
import { once } from 'node:events'
import type { FileHandle } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import type { Bytes } from './bytes.ts'

/**
 * Size of one packed read. Deflate packs at most 1 : 1,032, so one read unpacks to 17 MiB at the most and a file that
 * unpacks to terabytes is read in bounded memory like any other.
 */
const PACKED_PIECE = 16 * 1024

const REASONS = new Map([
  ['Z_BUF_ERROR', 'it is cut short'],
  ['Z_DATA_ERROR', 'its packed bytes are damaged'],
])

/** The time that the packed file's header says it was last changed, ms UTC; undefined where it says none. */
export async function gzipTime(handle: FileHandle): Promise<number | undefined> {
  const head = Buffer.alloc(8)
  const { bytesRead } = await handle.read(head, 0, 8, 0)
  if (bytesRead < 8 || head[0] !== 0x1f || head[1] !== 0x8b) return undefined
  return head.readUInt32LE(4) * 1000 || undefined
}

export function openGzip(handle: FileHandle): Bytes {
  const gunzip = createGunzip({ chunkSize: 128 * 1024 })
  const ready: Buffer[] = []
  let taken = 0
  let ended = false
  let failure: NodeJS.ErrnoException | undefined
  // Flowing, so that everything unpacked before a damage is here before the damage is told.
  gunzip.on('data', (piece: Buffer) => ready.push(piece))
  gunzip.on('error', (error) => {
    failure = error
  })

  async function feed(): Promise<void> {
    const packed = Buffer.allocUnsafe(PACKED_PIECE)
    const { bytesRead } = await handle.read(packed, 0, PACKED_PIECE, taken)
    taken += bytesRead
    if (bytesRead === 0) {
      ended = true
      gunzip.end()
      await Promise.race([once(gunzip, 'end'), once(gunzip, 'close')]).catch(() => undefined)
    } else {
      // Damaged bytes end the stream, and their write is then never answered.
      await new Promise<void>((resolve) => {
        gunzip.once('close', resolve)
        gunzip.write(packed.subarray(0, bytesRead), () => {
          gunzip.off('close', resolve)
          resolve()
        })
      })
    }
  }

  return {
    async next() {
      try {
        while (ready.length === 0 && !ended && failure === undefined) await feed()
      } catch (error) {
        failure = error as NodeJS.ErrnoException
      }
      return ready.shift()
    },
    async close() {
      gunzip.destroy()
      await handle.close()
    },
    packed: true,
    get damage() {
      if (failure === undefined || ready.length > 0) return undefined
      return `${REASONS.get(failure.code ?? '') ?? failure.message}; its good part was read`
    },
    get taken() {
      return taken
    },
  }
}
