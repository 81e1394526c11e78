import type { FastifyInstance } from 'fastify'
import { authenticate } from '../authenticate.ts'
import { QUERY_SCHEMA, metricsQueryOf, type QueryText } from '../dashboard/metrics-query.ts'
import type { Services } from '../services.ts'

/**
 * `GET /v1/metrics/summary`: counts, costs and percentiles of stored prompts. The answer names its
 * `from`, `to` and `up_to_id`; asked for with them, it is the same for everybody at any time.
 */
export function metricsSummaryRoute(app: FastifyInstance, { summaries, tokens }: Services): void {
  app.get<{ Querystring: QueryText }>(
    '/v1/metrics/summary',
    { onRequest: authenticate(tokens), schema: { querystring: QUERY_SCHEMA } },
    async (request, reply) => {
      const body = await summaries.json(metricsQueryOf(request.query))
      return reply.type('application/json; charset=utf-8').send(body)
    },
  )
}
