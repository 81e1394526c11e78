import type { FastifyInstance } from 'fastify'
import { authenticate } from '../../authenticate.ts'
import { callInTurn } from './agents.ts'
import { measureTree } from './value-tree.ts'
import { msSince } from '../../ms-since.ts'
import type { CanvasServices } from './system.ts'
import { CANVAS_PARAMS, noSuchCanvas } from './state-routes.ts'

const AGENT = {
  type: 'object',
  properties: { name: { type: 'string' }, latency_ms: { type: 'number' } },
}

const EXECUTION = {
  type: 'object',
  properties: {
    execution_id: { type: 'integer' },
    workflow: { type: 'string' },
    status: { type: 'string' },
    total_value: { type: 'number' },
    weighted_value: { type: 'number' },
    roi: { type: ['number', 'null'] },
    nodes: { type: 'integer' },
    agents: { type: 'array', items: AGENT },
    duration_ms: { type: 'number' },
  },
}

const SCHEMA = {
  params: CANVAS_PARAMS,
  body: {
    type: 'object',
    required: ['workflow', 'tree'],
    properties: { workflow: { type: 'string', enum: ['value-tree'] }, tree: { type: 'object' } },
  },
  response: { 200: EXECUTION },
}

interface Call {
  Params: { id: string }
  Body: { workflow: string; tree: object }
}

/** `POST /v1/canvases/:id/workflows`: measures a value tree, calls three agents, stores the execution. */
export function canvasWorkflowsRoute(app: FastifyInstance, services: CanvasServices): void {
  const { canvases, medians, model, tokens } = services

  app.post<Call>(
    '/v1/canvases/:id/workflows',
    { onRequest: authenticate(tokens), schema: SCHEMA },
    async ({ params: { id }, body: { workflow, tree } }) => {
      const sinceMs = performance.now()
      const { nodes, totalValue, weightedValue, roi } = measureTree(tree)
      if (!(await canvases.exists(id))) throw noSuchCanvas(id)

      const agents = await callInTurn(model, medians)
      const found = {
        workflow,
        status: 'completed',
        nodes,
        total_value: totalValue,
        weighted_value: weightedValue,
        roi,
        duration_ms: msSince(sinceMs),
      }
      const stored = { ...found, canvas_id: id, agents: JSON.stringify(agents) }
      return { execution_id: await canvases.addExecution(stored), ...found, agents }
    },
  )
}
