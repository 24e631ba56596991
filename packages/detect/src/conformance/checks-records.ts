/** Promises that are proved by what was written down: sources, older versions, reference implementations, slow twins. */
import type { Check } from './checks.ts'
import { must, mustEqual } from './expect.ts'

const older: Check = {
  promise: 'A model saved by each older version loads, and scores as it did.',
  applies: ({ detector, subject }) => detector.version > 1 && !subject.composed,
  run({ detector, subject: { older: models = [] } }) {
    for (let version = 1; version < detector.version; version++) {
      const model = models.find((candidate) => candidate.version === version)
      if (!model) return must(false, () => `nothing saved by version ${version} is kept in subject.older`)
      mustEqual(detector.load(model.saved).score(model.rows), model.scores, `scores of version ${version}`)
    }
  },
}

const twin: Check = {
  promise: 'The fast path equals its slow twin, to the bit.',
  applies: ({ subject }) => subject.slowTwin !== undefined,
  async run({ subject: { slowTwin }, scenario: { normal, planted }, fit }) {
    const model = await fit()
    for (const rows of [normal, planted]) {
      mustEqual(model.score(rows), slowTwin?.(model.save(), rows) ?? [], 'scores of the fast path')
    }
  },
}

const cites: Check = {
  promise: 'It cites its source: who, what, when.',
  run({ detector: { reference, summary } }) {
    must(
      /\b(1[89]|20)\d\d\b/.test(reference) && reference.length >= 20,
      () => `"${reference}" names no work with its year`,
    )
    must(summary.length >= 20, () => `"${summary}" says too little of what it does`)
  },
}

const reference: Check = {
  promise: 'It agrees with the reference implementation on recorded vectors.',
  applies: ({ subject }) => !subject.composed,
  async run({ detector, subject: { vectors } }) {
    if (!vectors) return must(false, () => 'no vectors of a reference implementation are recorded in subject.vectors')
    const { source, train, lesson = {}, params, queries, scores, tolerance } = vectors
    const found = (await detector.fit(train, { lesson, ...(params && { params }) })).score(queries)
    for (const [row, score] of found.entries()) {
      const off = Math.abs(score - (scores[row] as number))
      must(
        off <= (tolerance[row] as number),
        () => `row ${row} scores ${score}, ${source} ${scores[row]} ± ${tolerance[row]}`,
      )
    }
  },
}

export const recordChecks = {
  'each-older-version-loads': older,
  'fast-path-equals-slow-twin': twin,
  'cites-its-source': cites,
  'agrees-with-the-reference': reference,
} satisfies { [name: string]: Check }
