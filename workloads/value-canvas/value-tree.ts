// Trees of values, the same for the same random numbers.
import type { Random } from '../../lib/random.ts'

export interface ValueNode {
  name: string
  value: number
  cost: number
  children?: ValueNode[]
}

/** A tree and what any correct calculation makes of it. */
export interface ValueTree {
  root: ValueNode
  nodes: number
  totalValue: number
}

const VALUE_MAX = 1_000

/** A full tree: `children` below every node, `levels` deep; 3 and 3 give 13 nodes. */
export const valueTree = (
  random: Random,
  { children, levels }: { children: number; levels: number },
) => {
  const tree: ValueTree = { root: { name: 'root', value: 0, cost: 0 }, nodes: 0, totalValue: 0 }
  const grow = (name: string, level: number): ValueNode => {
    // Whole numbers, so that their sum is exact in any order.
    const value = Math.floor(random() * VALUE_MAX)
    tree.nodes++
    tree.totalValue += value
    const node: ValueNode = { name, value, cost: Math.floor(value / 2) }
    if (level < levels) {
      node.children = Array.from({ length: children }, (_, i) => grow(`${name}.${i}`, level + 1))
    }
    return node
  }
  tree.root = grow('root', 1)
  return tree
}
