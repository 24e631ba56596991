import { decode, encode } from './codec.ts'
import { type ErrorCode, HeedfulError } from './errors.ts'
import type { Detector, Model, RemoteModel, SavedModel } from './model.ts'
import { nearestName } from './nearest-name.ts'
import type { Rows } from './rows.ts'

/** What is needed of a `MessagePort`. The app makes the thread and hands both ends. */
export interface Port {
  postMessage(message: unknown): void
  addEventListener(
    type: 'message' | 'messageerror' | 'close',
    listener: (event: { readonly data?: unknown }) => void,
  ): void
  start?(): void
}

type Asked =
  | { readonly ask: 'score' | 'explain'; readonly rows: Rows }
  | { readonly ask: 'open'; readonly saved: Uint8Array }
  | { readonly ask: 'close' }
type Request = Asked & { readonly id: number; readonly model: number }
type Answer =
  | { readonly id: number; readonly values?: Float64Array }
  | { readonly id: number; readonly code: ErrorCode; readonly message: string }

/** A view of a large buffer would be sent with all of it. */
function trimmed(rows: Rows): Rows {
  const whole = <T extends Float64Array | Int32Array>(values: T): T =>
    values.byteLength === values.buffer.byteLength ? values : (values.slice() as T)
  const { columns, count, data, time, group } = rows
  return {
    columns,
    count,
    data: whole(data),
    ...(time && { time: whole(time) }),
    ...(group && { group: whole(group) }),
  }
}

/** The asking end: numbers requests and hands each answer to the one who waits for it. */
class Line {
  private readonly port: Port
  private readonly waiting = new Map<number, { resolve(values?: Float64Array): void; reject(error: Error): void }>()
  private requests = 0
  private models = 0
  private broken: HeedfulError | undefined

  constructor(port: Port) {
    this.port = port
    port.addEventListener('message', (event) => this.receive(event.data as Answer))
    port.addEventListener('messageerror', () => this.fail('an answer could not be read'))
    port.addEventListener('close', () => this.fail('the port was closed'))
    port.start?.()
  }

  private receive(answer: Answer): void {
    const asker = this.waiting.get(answer.id)
    this.waiting.delete(answer.id)
    if ('code' in answer) asker?.reject(new HeedfulError(answer.code, answer.message))
    else asker?.resolve(answer.values)
  }

  private fail(why: string): void {
    this.broken = new HeedfulError('port-answer', `the worker no longer answers: ${why}; open the model again`)
    for (const { reject } of this.waiting.values()) reject(this.broken)
    this.waiting.clear()
  }

  private ask(model: number, asked: Asked): Promise<Float64Array | undefined> {
    if (this.broken) return Promise.reject(this.broken)
    const id = this.requests++
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.port.postMessage({ ...asked, id, model } satisfies Request)
    })
  }

  private async values(model: number, ask: 'score' | 'explain', rows: Rows): Promise<Float64Array> {
    const values = await this.ask(model, { ask, rows: trimmed(rows) })
    if (values) return values
    throw new HeedfulError('port-answer', `the worker gave nothing to "${ask}"; is hostModels at the other end?`)
  }

  async open(
    saved: Uint8Array,
    face: Pick<Model, 'detector' | 'version' | 'columns' | 'params' | 'lookahead'>,
  ): Promise<RemoteModel> {
    const model = this.models++
    await this.ask(model, { ask: 'open', saved })
    return {
      ...face,
      score: (rows) => this.values(model, 'score', rows),
      explain: (rows) => this.values(model, 'explain', rows),
      save: () => decode(saved) as SavedModel,
      clone: () => this.open(saved, face),
      close: async () => {
        await this.ask(model, { ask: 'close' })
      },
    }
  }
}

/**
 * Moves a model to the other end of `port`, where `hostModels` waits. This side's model is closed; the moved one is frozen.
 * One port carries one model and its clones. Errors of the other side arrive with their code; `port-answer` when it falls silent.
 */
export async function inWorker(model: Model, port: Port): Promise<RemoteModel> {
  const { detector, version, columns, params, lookahead } = model
  const saved = encode(model.save())
  const moved = await new Line(port).open(saved, { detector, version, columns, params, lookahead })
  model.close()
  return moved
}

function loadAny(saved: Uint8Array, detectors: readonly Detector[]): Model {
  const plain = decode(saved) as SavedModel
  const detector = detectors.find(({ id }) => id === plain.detector)
  if (detector) return detector.load(plain)
  const near = nearestName(
    plain.detector,
    detectors.map(({ id }) => id),
  )
  const way = near ? `did you mean "${near}"?` : 'hand it to hostModels'
  throw new HeedfulError('detector-unknown', `no detector "${plain.detector}" at this end of the port; ${way}`)
}

function answer(
  models: Map<number, Model>,
  request: Request,
  detectors: readonly Detector[],
): Float64Array | undefined {
  if (request.ask === 'open') {
    models.set(request.model, loadAny(request.saved, detectors))
    return undefined
  }
  const model = models.get(request.model)
  if (!model) throw new HeedfulError('model-closed', 'this model was closed in its worker; open it again')
  if (request.ask === 'close') {
    models.delete(request.model)
    model.close()
    return undefined
  }
  return request.ask === 'score' ? model.score(request.rows) : model.explain(request.rows)
}

/** The worker's end: opens and asks the models that `inWorker` sends. `detectors`: those it can open (the registry's, and composed ones). */
export function hostModels(port: Port, detectors: readonly Detector[]): void {
  const models = new Map<number, Model>()
  port.addEventListener('message', (event) => {
    const request = event.data as Request
    const { id } = request
    try {
      const values = answer(models, request, detectors)
      port.postMessage((values ? { id, values } : { id }) satisfies Answer)
    } catch (error) {
      const code = error instanceof HeedfulError ? error.code : 'port-answer'
      const message = error instanceof Error ? error.message : String(error)
      port.postMessage({ id, code, message } satisfies Answer)
    }
  })
  port.start?.()
}
