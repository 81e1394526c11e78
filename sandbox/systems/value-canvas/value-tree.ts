import { ApiError } from '../../api-error.ts'

/** What a workflow finds out about a tree; money in the caller's unit. */
export interface TreeMeasure {
  nodes: number
  /** The sum of all values. */
  totalValue: number
  /** The same, each value times 0.9 to the power of its depth; the root has depth 0. */
  weightedValue: number
  /** (total value - total cost) / total cost; null without a cost to divide by. */
  roi: number | null
}

interface Node {
  name: string
  value: number
  cost?: number
  children?: unknown[]
}

interface Visit {
  node: unknown
  depth: number
  path: string
  /** Index of the parent in the list. */
  parent?: number
}

/** A node of a valid tree, in a list where parents come before their children. */
export interface CheckedNode {
  name: string
  value: number
  cost: number
  depth: number
  /** Index of the parent in the list; the root has none. */
  parent: number | undefined
}

const NODES_MAX = 5_000
const DEPTH_MAX = 50
const NAME_LENGTH_MAX = 200
// So that a sum of 5,000 whole numbers is exact.
const VALUE_MAX = 1e12
const DEPTH_WEIGHT = 0.9
const PROBLEMS_MAX = 5

/**
 * Measures a tree of `{ name, value, cost?, children? }`.
 *
 * @throws ApiError 400 that names up to five faults
 */
export function measureTree(root: unknown): TreeMeasure {
  const nodes = checkedTree(root)
  return { nodes: nodes.length, ...sumsOf(nodes) }
}

/** What the values and costs of a tree add up to. */
export function sumsOf(nodes: readonly CheckedNode[]): Omit<TreeMeasure, 'nodes'> {
  let totalValue = 0
  let weightedValue = 0
  let totalCost = 0
  for (const { value, cost, depth } of nodes) {
    totalValue += value
    weightedValue += value * DEPTH_WEIGHT ** depth
    totalCost += cost
  }
  return { totalValue, weightedValue, roi: roiOf(totalValue, totalCost) }
}

/**
 * The nodes of a tree. It is checked here and not by a schema, because a validator recurses, and a hostile tree is
 * deeper than the stack.
 *
 * @throws ApiError 400 that names up to five faults
 */
export function checkedTree(root: unknown): CheckedNode[] {
  const nodes: CheckedNode[] = []
  const problems: string[] = []
  const visits: Visit[] = [{ node: root, depth: 0, path: 'body/tree' }]
  let seen = 0

  for (let visit = visits.pop(); visit !== undefined; visit = visits.pop()) {
    seen++
    if (!isNode(visit, problems)) {
      if (problems.length >= PROBLEMS_MAX) break
      continue
    }
    const { name, value, cost = 0, children = [] } = visit.node
    nodes.push({ name, value, cost, depth: visit.depth, parent: visit.parent })
    if (seen + visits.length + children.length > NODES_MAX) {
      problems.push(`Expected body/tree to have at most ${NODES_MAX} nodes, got more`)
      break
    }
    visitChildren(visits, visit, { children, parent: nodes.length - 1 })
  }
  if (problems.length > 0) throw new ApiError(400, 'invalid_request', problems.join('; '))
  return nodes
}

function roiOf(totalValue: number, totalCost: number): number | null {
  const roi = (totalValue - totalCost) / totalCost
  return Number.isFinite(roi) ? roi : null
}

/** Pushes in reverse, so that the first child is visited first. */
function visitChildren(
  visits: Visit[],
  { depth, path }: Visit,
  { children, parent }: { children: unknown[]; parent: number },
): void {
  for (let at = children.length - 1; at >= 0; at--) {
    visits.push({ node: children[at], depth: depth + 1, path: `${path}/children/${at}`, parent })
  }
}

/** Adds to `problems` what keeps a node from being one. */
function isNode(visit: Visit, problems: string[]): visit is Visit & { node: Node } {
  const { depth, path } = visit
  const before = problems.length
  const expect = (holds: boolean, rule: string): void => {
    if (!holds) problems.push(`Expected ${path}${rule}`)
  }
  if (depth > DEPTH_MAX) {
    problems.push(`Expected body/tree to be at most ${DEPTH_MAX} deep, got depth ${depth}`)
    return false
  }
  if (typeof visit.node !== 'object' || visit.node === null || Array.isArray(visit.node)) {
    problems.push(`Expected ${path} to be an object`)
    return false
  }
  const { name, value, cost, children } = visit.node as Record<string, unknown>
  expect(isName(name), `/name to be a text of 1 to ${NAME_LENGTH_MAX} characters`)
  expect(isNumber(value, -VALUE_MAX), `/value to be a number from -${VALUE_MAX} to ${VALUE_MAX}`)
  expect(cost === undefined || isNumber(cost, 0), `/cost to be a number from 0 to ${VALUE_MAX}`)
  expect(children === undefined || Array.isArray(children), '/children to be an array')
  return problems.length === before
}

function isName(name: unknown): boolean {
  return typeof name === 'string' && name.length > 0 && name.length <= NAME_LENGTH_MAX
}

function isNumber(value: unknown, min: number): boolean {
  return typeof value === 'number' && value >= min && value <= VALUE_MAX
}
