import { msSince } from '../../ms-since.ts'
import { type CheckedNode, checkedTree, sumsOf } from './value-tree.ts'

/** The distribution of a tree's values. */
export interface Distribution {
  min: number
  max: number
  mean: number
  median: number
  deviation: number
}

/** A query: the `top` highest values that are at least `value_min` and no deeper than `depth_max`. */
export interface TreeQuery {
  value_min?: number
  depth_max?: number
  top?: number
}

/** The results of a calculation, and how long it took. */
export interface TreeCalculation {
  nodes: number
  depth: number
  total_value: number
  weighted_value: number
  roi: number | null
  /** The names from the root to the leaf with the highest sum of values, and that sum. */
  critical_path: string[]
  critical_value: number
  distribution: Distribution
  matches?: { name: string; value: number }[]
  compute_ms: number
}

const TOP = 10

/**
 * Calculates a tree of `{ name, value, cost?, children? }`.
 *
 * @param delayMs keeps the CPU busy for at least this long: a planted fault
 * @throws ApiError 400 as `checkedTree` does
 */
export function calculateTree(root: unknown, query?: TreeQuery, delayMs = 0): TreeCalculation {
  const sinceMs = performance.now()
  const nodes = checkedTree(root)
  const { totalValue, weightedValue, roi } = sumsOf(nodes)
  const found = {
    nodes: nodes.length,
    depth: nodes.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
    total_value: totalValue,
    weighted_value: weightedValue,
    roi,
    ...criticalPath(nodes),
    distribution: distributionOf(nodes.map(({ value }) => value)),
    ...(query && { matches: matchesOf(nodes, query) }),
  }
  while (performance.now() - sinceMs < delayMs);
  return { ...found, compute_ms: msSince(sinceMs) }
}

// Parents come before their children in the list: going backwards, a node's children are done before the node.
function criticalPath(nodes: readonly CheckedNode[]) {
  const sums = nodes.map(({ value }) => value)
  const best = new Map<number, number>()
  for (let at = nodes.length - 1; at >= 0; at--) {
    const next = best.get(at)
    if (next !== undefined) sums[at] = (sums[at] ?? 0) + (sums[next] ?? 0)
    const { parent } = nodes[at] ?? {}
    if (parent === undefined) continue
    const rival = best.get(parent)
    if (rival === undefined || (sums[at] ?? 0) >= (sums[rival] ?? 0)) best.set(parent, at)
  }
  const path: string[] = []
  for (let at: number | undefined = 0; at !== undefined; at = best.get(at)) {
    path.push(nodes[at]?.name ?? '')
  }
  return { critical_path: path, critical_value: sums[0] ?? 0 }
}

function distributionOf(values: readonly number[]): Distribution {
  const sorted = [...values].sort((one, other) => one - other)
  const at = (index: number): number => sorted[Math.floor(index)] ?? 0
  const last = sorted.length - 1
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    min: at(0),
    max: at(last),
    mean,
    median: (at(last / 2) + at((last + 1) / 2)) / 2,
    deviation: Math.sqrt(squares / sorted.length),
  }
}

function matchesOf(nodes: readonly CheckedNode[], query: TreeQuery) {
  const { value_min: least = -Infinity, depth_max: deepest = Infinity, top = TOP } = query
  return nodes
    .filter(({ value, depth }) => value >= least && depth <= deepest)
    .map(({ name, value }) => ({ name, value }))
    .sort((one, other) => other.value - one.value)
    .slice(0, top)
}
