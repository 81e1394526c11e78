import type { FastifyInstance } from 'fastify'
import { ApiError } from '../api-error.ts'
import { authenticate, callerOf } from '../authenticate.ts'
import type { Services } from '../services.ts'

const SCHEMA = {
  body: {
    type: 'object',
    required: ['id', 'satisfied'],
    properties: { id: { type: 'integer', minimum: 1 }, satisfied: { type: 'boolean' } },
  },
}

/** `POST /v1/feedback`: was this enhancement any good? 404 when it is not the caller's. */
export function feedbackRoute(app: FastifyInstance, { metrics, store, tokens }: Services): void {
  app.post<{ Body: { id: number; satisfied: boolean } }>(
    '/v1/feedback',
    { onRequest: authenticate(tokens), schema: SCHEMA },
    async (request, reply) => {
      const { id, satisfied } = request.body
      if (!(await store.rate(callerOf(request).userId, id, satisfied))) {
        throw new ApiError(404, 'not_found', `Expected an enhancement of yours, got id ${id}`)
      }
      metrics.feedback.inc({ satisfied: String(satisfied) })
      return reply.code(204).send()
    },
  )
}
