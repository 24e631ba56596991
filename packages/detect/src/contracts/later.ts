import type { Model, RemoteModel } from './model.ts'

/** Lifts a model that answers at once into the face of those that answer later. It is frozen from here on. */
export function later(model: Model): RemoteModel {
  const { detector, version, columns, params, lookahead } = model
  return {
    ...{ detector, version, columns, params, lookahead },
    score: async (rows) => model.score(rows),
    explain: async (rows) => model.explain(rows),
    save: () => model.save(),
    clone: async () => later(model.clone()),
    close: async () => model.close(),
  }
}
