import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { calibrated } from './calibrated.ts'
import { decode, encode } from './codec.ts'
import { defineDetector } from './define-detector.ts'
import { definePreparer } from './define-preparer.ts'
import { defineRemoteDetector } from './define-remote-detector.ts'
import { hostModels, inWorker, type Port } from './in-worker.ts'
import { later } from './later.ts'
import { prepared } from './prepared.ts'
import { createRandom } from './random.ts'
import { numberRows, pickRows } from './rows.ts'
import { counting, doubling, laterMeans, runningMeans } from './toys.fixture.ts'

const means = defineDetector(runningMeans)
const double = definePreparer(doubling)
const random = createRandom('composition')
const rows = numberRows(
  ['x', 'y'],
  Float64Array.from({ length: 400 }, () => random.normal()),
)
const fresh = numberRows(['x', 'y'], Float64Array.of(0, 0, 3, 0, 0, -5))

describe('prepared', () => {
  const both = prepared(double, means)

  it('is a detector with the parameters of its members', () => {
    expect(both.id).toBe('doubling+running-means')
    expect(Object.keys(both.params)).toEqual(['doubling.factor', 'running-means.reach'])
    const threefold = both.fitNow(rows, { params: { 'doubling.factor': 3 } }).score(fresh)
    const twofold = both.fitNow(rows).score(fresh)
    for (const [i, score] of threefold.entries()) expect(score).toBeCloseTo((twofold[i] as number) * 1.5, 10)
  })

  it('speaks of the input columns', () => {
    const model = both.fitNow(numberRows(['x', 'y'], Float64Array.of(0, 0, 0, 0, 0, 0)))
    expect(model.columns.map(({ name }) => name)).toEqual(['x', 'y'])
    expect(model.explain(numberRows(['y', 'x'], Float64Array.of(0, 3)))).toEqual(Float64Array.of(6 + 3, 3))
  })

  it('is saved as one model and goes on learning', () => {
    const model = both.fitNow(rows)
    const loaded = both.load(decode(encode(model.save())))
    expect(loaded.follow(fresh)).toEqual(model.follow(fresh))
    expect(loaded.save()).toEqual(model.save())
  })

  it('names the member whose saved part is foreign', () => {
    const saved = both.fitNow(rows).save()
    const state = saved.state as { preparer: object; detector: object }
    expect(() =>
      both.load({ ...saved, state: { ...state, detector: { ...state.detector, detector: 'other' } } } as never),
    ).toThrow(/running-means cannot load a saved "other"/)
    expect(() => double.load({ ...state.preparer, preparer: 'other' } as never)).toThrow(/doubling cannot load/)
  })

  it('a member may stand once', () => {
    expect(() => prepared(double, prepared(double, means))).toThrow(/may stand once/)
  })
})

describe('calibrated', () => {
  const surprise = calibrated(means, counting)

  it('holds out rows for its reference', () => {
    const model = surprise.fitNow(rows, { params: { holdout: 0.25 } })
    const { state } = (model.save().state as { calibration: { state: { scores: Float64Array } } }).calibration
    expect(state.scores.length).toBe(50)
    expect(model.score(numberRows(['x', 'y'], Float64Array.of(1000, 1000)))).toEqual(Float64Array.of(Math.log(51)))
  })

  it('keeps labelled anomalies out of the reference', () => {
    const labels = Float64Array.from({ length: 200 }, (_, row) => (row % 2 === 0 ? 1 : 0))
    const model = surprise.fitNow(rows, { lesson: { labels }, params: { holdout: 0.5 } })
    const { state } = (model.save().state as { calibration: { state: { scores: Float64Array } } }).calibration
    expect(state.scores.length).toBeLessThan(80)
  })

  it('learns every score, also those of rows that nobody trusts', () => {
    const model = surprise.fitNow(rows)
    const far = numberRows(['x', 'y'], Float64Array.of(1000, 1000))
    const before = model.score(far)[0] as number
    model.learn(far, 0)
    expect(model.score(far)[0]).toBeLessThan(before)
    expect(surprise.exempt?.['trust-0-changes-no-belief']).toBeDefined()
  })

  it('stands around anything, saved as one', () => {
    const tower = calibrated(prepared(double, means), counting)
    expect(Object.keys(tower.params)).toEqual(['holdout', 'doubling.factor', 'running-means.reach', 'counting.most'])
    const model = tower.fitNow(rows)
    const loaded = tower.load(decode(encode(model.save())))
    expect(loaded.follow(fresh)).toEqual(model.follow(fresh))
    expect(loaded.score(rows)).toEqual(model.score(rows))
    expect(model.explain(fresh).length).toBe(6)
  })

  it('the seed decides which rows are held out', () => {
    const score = (seed: number) => surprise.fitNow(rows, { seed }).score(pickRows(rows, [0, 1, 2, 3, 4, 5, 6, 7]))
    expect(score(1)).toEqual(score(1))
    expect(score(1)).not.toEqual(score(2))
  })
})

describe('models that answer later', () => {
  it('answer what the same model answers at once', async () => {
    const remote = await defineRemoteDetector(laterMeans).fit(rows)
    const model = means.fitNow(rows)
    expect(await remote.score(fresh)).toEqual(model.score(fresh))
    expect(await remote.explain(fresh)).toEqual(model.explain(fresh))
    const loaded = await defineRemoteDetector(laterMeans).load(decode(encode(remote.save())))
    expect(await loaded.score(fresh)).toEqual(model.score(fresh))
    await loaded.close()
    await expect(loaded.score(fresh)).rejects.toMatchObject({ code: 'model-closed' })
    expect(await (await remote.clone()).score(fresh)).toEqual(model.score(fresh))
  })

  it('later lifts a model', async () => {
    const model = means.fitNow(rows)
    expect(await later(model.clone()).score(fresh)).toEqual(model.score(fresh))
  })
})

describe('inWorker', () => {
  async function withPorts(run: (near: Port, far: Port) => Promise<void>): Promise<void> {
    const { port1, port2 } = new MessageChannel()
    try {
      await run(port1 as unknown as Port, port2 as unknown as Port)
    } finally {
      port1.close()
    }
  }

  it('moves a model to the other end of a port', () =>
    withPorts(async (near, far) => {
      const model = means.fitNow(rows)
      const [scores, weights] = [model.score(fresh), model.explain(fresh)]
      hostModels(far, [means])
      const moved = await inWorker(model, near)
      expect(await moved.score(fresh)).toEqual(scores)
      const answers = await Promise.all([moved.explain(fresh), moved.score(pickRows(fresh, [2])), moved.score(fresh)])
      expect(answers).toEqual([weights, scores.slice(2), scores])
      expect(fresh.data.length).toBe(6)
      expect(() => model.score(fresh)).toThrow(/was closed/)
      const clone = await moved.clone()
      await moved.close()
      await expect(moved.score(fresh)).rejects.toMatchObject({ code: 'model-closed' })
      expect(await clone.score(fresh)).toEqual(scores)
    }))

  it('errors arrive with their code', () =>
    withPorts(async (near, far) => {
      hostModels(far, [means])
      const moved = await inWorker(means.fitNow(rows), near)
      await expect(moved.score(numberRows(['x'], Float64Array.of(1)))).rejects.toMatchObject({ code: 'column-missing' })
    }))

  it('a detector that the other end does not know is named, and the model stays open here', () =>
    withPorts(async (near, far) => {
      hostModels(far, [defineDetector({ ...runningMeans, id: 'running-mean' })])
      const model = means.fitNow(rows)
      await expect(inWorker(model, near)).rejects.toThrow(/did you mean "running-mean"/)
      expect(model.score(fresh).length).toBe(3)
    }))

  it('whoever waits is told when the port closes', async () => {
    const { port1, port2 } = new MessageChannel()
    hostModels(port2 as unknown as Port, [means])
    const moved = await inWorker(means.fitNow(rows), port1 as unknown as Port)
    const waiting = moved.score(fresh)
    port2.close()
    await waiting.catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 20))
    await expect(moved.score(fresh)).rejects.toMatchObject({ code: 'port-answer' })
  })
})
