/** Files given in any order → one order of lines by time; lines of one file keep theirs. */
import type { Frame } from './frames.ts'

export interface Feed {
  /** The next frame, waiting for the disk where it must; undefined at the end. */
  next(): Promise<Frame | undefined> | Frame | undefined
}

/** A feed that is opened when the merge reaches its first stamp: many rotated files need few open at a time. */
export interface Planned<F extends Feed> {
  /** ms UTC: no frame of it has an earlier key. */
  first: number
  open(): Promise<F>
  close(feed: F): Promise<void>
}

interface Lane<F extends Feed> {
  plan: Planned<F>
  feed?: F
  frame?: Frame
  key: number
}

/**
 * Merges by `key`; at equal keys the plan that stands first in `plans` goes first, so the caller's order of plans must
 * not depend on how a person listed the files. What is at hand without waiting comes as one batch.
 */
export async function* merge<F extends Feed>(
  plans: readonly Planned<F>[],
): AsyncGenerator<{ feed: F; frame: Frame }[], void, undefined> {
  let lanes: Lane<F>[] = plans.map((plan) => ({ plan, key: plan.first }))
  let batch: { feed: F; frame: Frame }[] = []
  try {
    while (lanes.length > 0) {
      const lane = lanes.reduce((best, other) => (other.key < best.key ? other : best))
      if (lane.feed === undefined) {
        yield batch
        batch = []
        lane.feed = await lane.plan.open()
      }
      if (lane.frame !== undefined) batch.push({ feed: lane.feed, frame: lane.frame })
      const pending = lane.feed.next()
      if (pending instanceof Promise) {
        yield batch
        batch = []
      }
      const frame = pending instanceof Promise ? await pending : pending
      if (frame === undefined) {
        await lane.plan.close(lane.feed)
        lanes = lanes.filter((other) => other !== lane)
      } else {
        lane.frame = frame
        lane.key = frame.key
      }
    }
    yield batch
  } finally {
    for (const { plan, feed } of lanes) if (feed !== undefined) await plan.close(feed)
  }
}
