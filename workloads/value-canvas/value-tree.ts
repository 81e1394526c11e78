// Trees of values, the same for the same random numbers.
import type { Random } from '../../lib/random.ts'

export interface ValueNode {
  name: string
  value: number
  cost: number
  children?: ValueNode[]
}

/** A tree and what any correct calculation makes of it. */
export interface Distribution {
  min: number
  max: number
  mean: number
  median: number
  deviation: number
}

export interface ValueTree {
  root: ValueNode
  nodes: number
  totalValue: number
  totalCost: number
  /** Each value counts nine tenths of the value of the level above. */
  weightedValue: number
  distribution: Distribution
  /** Highest sum of values from the root to a leaf. */
  criticalValue: number
}

const VALUE_MAX = 1_000
const LEVEL_WEIGHT = 0.9

/** A full tree: `children` below every node, `levels` deep; 3 and 3 give 13 nodes. */
export const valueTree = (
  random: Random,
  { children, levels }: { children: number; levels: number },
): ValueTree => {
  const tree = { nodes: 0, totalValue: 0, totalCost: 0, weightedValue: 0, criticalValue: 0 }
  const values: number[] = []
  const grow = (name: string, level: number, above: number): ValueNode => {
    // Whole numbers, so that their sum is exact in any order.
    const value = Math.floor(random() * VALUE_MAX)
    const cost = Math.floor(value / 2)
    const path = above + value
    values.push(value)
    tree.nodes++
    tree.totalValue += value
    tree.weightedValue += value * LEVEL_WEIGHT ** (level - 1)
    tree.totalCost += cost
    tree.criticalValue = Math.max(tree.criticalValue, path)
    if (level === levels) return { name, value, cost }
    const below = Array.from({ length: children }, (_, i) => grow(`${name}.${i}`, level + 1, path))
    return { name, value, cost, children: below }
  }
  const root = grow('root', 1, 0)
  return { root, ...tree, distribution: distributionOf(values) }
}

const distributionOf = (values: number[]): Distribution => {
  const sorted = values.sort((one, other) => one - other)
  const at = (place: number): number => sorted[place] ?? NaN
  const count = sorted.length
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    min: at(0),
    max: at(count - 1),
    mean,
    median: (at(Math.ceil(count / 2) - 1) + at(Math.floor(count / 2))) / 2,
    deviation: Math.sqrt(squares / count),
  }
}
