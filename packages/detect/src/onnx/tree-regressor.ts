/** Trees as the operator TreeEnsembleRegressor of ai.onnx.ml 3, with thresholds of double precision. */
import { type Graph, ML } from './graph.ts'

/** A node: inner ones send a row to `left` where its value in `column` is at most `threshold`. */
export type TreeNode =
  | {
      readonly column: number
      readonly threshold: number
      /** Numbers of nodes, counted through all trees. */
      readonly left: number
      readonly right: number
      readonly missingLeft: boolean
    }
  | { readonly value: number }

/** Nodes of all trees in flat lists; each tree begins at its root and ends where the next one begins. */
export interface Trees {
  readonly roots: ArrayLike<number>
  readonly count: number
  node(at: number): TreeNode
}

class Lists {
  readonly trees: number[] = []
  readonly ids: number[] = []
  readonly columns: number[] = []
  readonly modes: string[] = []
  readonly thresholds: number[] = []
  readonly onTrue: number[] = []
  readonly onFalse: number[] = []
  readonly missing: number[] = []
  readonly leafTrees: number[] = []
  readonly leafIds: number[] = []
  readonly values: number[] = []

  add(tree: number, id: number, root: number, node: TreeNode): void {
    this.trees.push(tree)
    this.ids.push(id)
    const leaf = 'value' in node
    this.columns.push(leaf ? 0 : node.column)
    this.modes.push(leaf ? 'LEAF' : 'BRANCH_LEQ')
    this.thresholds.push(leaf ? 0 : node.threshold)
    this.onTrue.push(leaf ? 0 : node.left - root)
    this.onFalse.push(leaf ? 0 : node.right - root)
    this.missing.push(!leaf && node.missingLeft ? 1 : 0)
    if (!leaf) return
    this.leafTrees.push(tree)
    this.leafIds.push(id)
    this.values.push(node.value)
  }
}

/** The sum of the leaves of all trees: rows doubles. The operator answers in single precision, whatever it is given. */
export function sumOfTrees(graph: Graph, features: string, { roots, count, node }: Trees): string {
  const lists = new Lists()
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree] as number
    const end = tree + 1 < roots.length ? (roots[tree + 1] as number) : count
    for (let at = root; at < end; at++) lists.add(tree, at - root, root, node(at))
  }
  const sums = graph.op(
    'TreeEnsembleRegressor',
    [features],
    {
      n_targets: { int: 1 },
      aggregate_function: { text: 'SUM' },
      post_transform: { text: 'NONE' },
      nodes_treeids: { ints: lists.trees },
      nodes_nodeids: { ints: lists.ids },
      nodes_featureids: { ints: lists.columns },
      nodes_modes: { texts: lists.modes },
      nodes_values_as_tensor: { doubles: Float64Array.from(lists.thresholds) },
      nodes_truenodeids: { ints: lists.onTrue },
      nodes_falsenodeids: { ints: lists.onFalse },
      nodes_missing_value_tracks_true: { ints: lists.missing },
      target_treeids: { ints: lists.leafTrees },
      target_nodeids: { ints: lists.leafIds },
      target_ids: { ints: new Int32Array(lists.leafIds.length) },
      target_weights_as_tensor: { doubles: Float64Array.from(lists.values) },
    },
    ML,
  )
  return graph.op('Squeeze', [graph.cast(sums, 'double'), graph.ints([1])])
}
