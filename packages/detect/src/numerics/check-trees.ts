/** Trees that come from a file: a walk through them must come to its end, and stay among the nodes. */

export interface SavedTrees {
  /** Where each tree begins. */
  readonly roots: Int32Array
  /** The left child of a node, which the right one follows; a leaf has `leaf`. */
  readonly child: Int32Array
  /** What stands at a leaf: −1, or the leaf itself. */
  readonly leaf: 'none' | 'itself'
}

/**
 * Throws where a child does not stand behind its parent and among the nodes: then every step goes forwards, and no walk is longer
 * than the nodes.
 */
export function checkTrees({ roots, child, leaf }: SavedTrees): void {
  for (const [tree, root] of roots.entries())
    if (!(root >= 0 && root < child.length)) throw new Error(`tree ${tree} begins at node ${root} of ${child.length}`)
  for (const [node, left] of child.entries()) {
    if (left === (leaf === 'itself' ? node : -1)) continue
    if (!(left > node && left + 1 < child.length)) throw new Error(`node ${node} leads to node ${left}`)
  }
}
