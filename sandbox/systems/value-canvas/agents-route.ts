import type { FastifyInstance } from 'fastify'
import { ApiError } from '../../api-error.ts'
import { authenticate } from '../../authenticate.ts'
import { msSince } from '../../ms-since.ts'
import { type AgentName, callInParallel, callInTurn } from './agents.ts'
import type { CanvasServices } from './system.ts'

const SCHEMA = {
  body: {
    type: 'object',
    required: ['agents', 'task'],
    properties: {
      agents: {
        type: 'array',
        minItems: 1,
        maxItems: 10,
        items: { type: 'string', enum: ['fast', 'medium', 'slow'] },
      },
      parallel: { type: 'boolean' },
      task: { type: 'string', maxLength: 10_000 },
    },
  },
}

interface Invocation {
  Body: { agents: AgentName[]; parallel?: boolean; task: string }
}

/** Patterns that a task must not match. */
const FORBIDDEN = [
  /ignore (all|any|the) (previous|prior) (instructions|rules)/i,
  /\b(api[_ -]?key|password|secret|token)\s*[:=]\s*\S+/i,
  /<script\b/i,
  /\bdrop\s+table\b/i,
]

/**
 * `POST /v1/agents/invocations` calls agents in turn or in parallel for a caller whose task has been checked;
 * `/v1/agents/unchecked-invocations` does the same work without a log-in or a check, so that the cost of both can be measured.
 */
export function agentsRoutes(app: FastifyInstance, services: CanvasServices): void {
  const { model, medians, tokens } = services
  const invoke = async ({ agents, parallel = false }: Invocation['Body']) => {
    const sinceMs = performance.now()
    const call = parallel ? callInParallel : callInTurn
    const calls = await call(model, medians, agents)
    return { agents: calls, duration_ms: msSince(sinceMs) }
  }

  const checked = { onRequest: authenticate(tokens), schema: SCHEMA }
  app.post<Invocation>('/v1/agents/invocations', checked, ({ body }) => {
    if (FORBIDDEN.some((pattern) => pattern.test(body.task))) {
      throw new ApiError(403, 'task_forbidden', 'Expected a task that asks for nothing forbidden')
    }
    return invoke(body)
  })
  app.post<Invocation>('/v1/agents/unchecked-invocations', { schema: SCHEMA }, ({ body }) => {
    return invoke(body)
  })
}
