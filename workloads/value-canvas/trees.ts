// Value trees of several sizes, calculated by the API, which reports how long each calculation took.
import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import { createRandom } from '../../lib/random.ts'
import type { Session } from '../../lib/session.ts'
import { type Distribution, type ValueTree, valueTree } from './value-tree.ts'

const CALCULATE = endpoint('POST /v1/value-trees/calculations')

interface Calculation {
  nodes: number
  depth: number
  total_value: number
  weighted_value: number
  roi: number | null
  critical_path: string[]
  critical_value: number
  distribution: Distribution
  matches?: { value: number }[]
  compute_ms: number
}

interface Asked {
  tree: ValueTree
  levels: number
  query: boolean
}

const near = (one: number, other: number): boolean =>
  Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other))

const STATISTICS = ['min', 'max', 'mean', 'median', 'deviation'] as const

const validate = answerValidator<Calculation, Asked>(CALCULATE, {
  schema: {
    type: 'object',
    properties: {
      nodes: { type: 'integer' },
      total_value: { type: 'number' },
      weighted_value: { type: 'number' },
      critical_path: { type: 'array', minItems: 1 },
      distribution: { type: 'object' },
      compute_ms: { type: 'number', minimum: 0 },
    },
  },
  rules: {
    'every-node-counted': ({ nodes }, { tree }) => nodes === tree.nodes,
    'depth-correct': ({ depth }, { levels }) => depth === levels - 1,
    'total-correct': ({ total_value }, { tree }) => total_value === tree.totalValue,
    'return-correct': ({ roi, total_value }, { tree }) =>
      near(roi ?? NaN, (total_value - tree.totalCost) / tree.totalCost),
    'path-to-a-leaf': ({ critical_path }, { levels }) => critical_path.length === levels,
    'path-correct': ({ critical_value }, { tree }) => critical_value === tree.criticalValue,
    'weighted-correct': ({ weighted_value }, { tree }) => near(weighted_value, tree.weightedValue),
    'distribution-correct': ({ distribution }, { tree }) =>
      STATISTICS.every((name) => near(distribution[name], tree.distribution[name])),
    'query-answered': ({ matches }, { query }) => (matches?.length === 10) === query,
  },
  values: { tree_compute_ms: ({ compute_ms }) => compute_ms },
})

// Each VU makes a tree once: building a large one for each request would measure the load generator.
const prepared: Record<string, { body: string; asked: Asked } | undefined> = {}

const prepare = (children: number, levels: number, query: boolean) => {
  const tree = valueTree(createRandom(children * 100 + levels), { children, levels })
  const asked = { tree, levels, query }
  const body = { tree: tree.root, ...(query && { query: { value_min: 10, top: 10 } }) }
  const text = JSON.stringify(body)
  tree.root = { name: 'root', value: 0, cost: 0 }
  return { body: text, asked }
}

const calculation =
  (children: number, levels: number, query = false) =>
  (session: Session): void => {
    const { body, asked } = (prepared[`${children}-${levels}-${query}`] ??= prepare(
      children,
      levels,
      query,
    ))
    const headers = { 'Content-Type': 'application/json' }
    validate(session.send(CALCULATE, body, { headers }), asked)
  }

/** 40 nodes. */
export const smallTree = calculation(3, 4)
/** 341 nodes. */
export const mediumTree = calculation(4, 5)
/** 3,906 nodes. */
export const largeTree = calculation(5, 6)
/** The ten highest of the 341 nodes above a value. */
export const treeQuery = calculation(4, 5, true)
/** 50 levels with one node each. */
export const deepTree = calculation(1, 50)
/** 2,000 children of one root. */
export const wideTree = calculation(2_000, 2)
