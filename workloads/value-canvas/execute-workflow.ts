import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { canvasOf, ensureState } from './canvas.ts'
import { type ValueTree, valueTree } from './value-tree.ts'

const EXECUTE = endpoint('POST /v1/canvases/:id/workflows')

interface Execution {
  execution_id: number
  status: string
  total_value: number
  nodes: number
  agents: { name: string; latency_ms: number }[]
}

// A missing agent has no latency: NaN makes the response count as wrong.
const latencyOf = (agents: Execution['agents'], name: string): number =>
  agents.find((agent) => agent.name === name)?.latency_ms ?? NaN

const validate = answerValidator<Execution, ValueTree>(EXECUTE, {
  schema: {
    type: 'object',
    properties: {
      execution_id: { type: 'integer', minimum: 1 },
      status: { enum: ['completed'] },
      total_value: { type: 'number' },
      nodes: { type: 'integer' },
      agents: { type: 'array', minItems: 1 },
    },
  },
  rules: {
    'every-node-counted': ({ nodes }, tree) => nodes === tree.nodes,
    'total-correct': ({ total_value }, tree) => total_value === tree.totalValue,
  },
  values: {
    agent_fast_ms: ({ agents }) => latencyOf(agents, 'fast'),
    agent_medium_ms: ({ agents }) => latencyOf(agents, 'medium'),
    agent_slow_ms: ({ agents }) => latencyOf(agents, 'slow'),
    agents_ms: ({ agents }) => agents.reduce((sum, { latency_ms }) => sum + latency_ms, 0),
  },
})

/** Runs a workflow over a tree of 13 values and checks its sum. */
export const executeWorkflow = (session: Session, { index, random }: IterationData): void => {
  if (ensureState(session, index) === undefined) return
  const tree = valueTree(random, { children: 3, levels: 3 })
  const body = { workflow: 'value-tree', tree: tree.root }
  validate(session.send(EXECUTE, body, { params: canvasOf(session) }), tree)
}
