import type { FastifyInstance } from 'fastify'
import { authenticate, callerOf } from '../authenticate.ts'
import { ENHANCEMENT_SCHEMA, PROMPT_SCHEMA, enhancementBody } from '../enhancement-body.ts'
import type { Enhancement } from '../enhancer.ts'
import { msSince } from '../ms-since.ts'
import { totalUsd } from '../price.ts'
import type { Services } from '../services.ts'

const BATCH_PROMPTS_MAX = 50

const SCHEMA = {
  body: {
    type: 'object',
    required: ['prompts'],
    properties: {
      prompts: { type: 'array', minItems: 1, maxItems: BATCH_PROMPTS_MAX, items: PROMPT_SCHEMA },
    },
  },
  response: {
    200: {
      type: 'object',
      properties: {
        id: { type: 'integer' },
        results: { type: 'array', items: ENHANCEMENT_SCHEMA },
        cost_usd: { type: 'number' },
      },
    },
  },
}

/** `POST /v1/batch`: up to 50 prompts, one model call at most, one transaction. */
export function batchRoute(app: FastifyInstance, services: Services): void {
  const { enhancer, metrics, store, tokens } = services

  app.post<{ Body: { prompts: string[] } }>(
    '/v1/batch',
    { onRequest: authenticate(tokens), schema: SCHEMA },
    async (request) => {
      const sinceMs = performance.now()
      const enhancements = await enhancer.enhanceAll(request.body.prompts)
      const { userId } = callerOf(request)
      const batch = await store.addBatch(userId, enhancements, msSince(sinceMs))

      const costUsd = totalUsd(enhancements)
      metrics.costUsd.inc(costUsd)
      for (const { technique } of enhancements) metrics.techniqueChoices.inc({ technique })
      return {
        id: batch.id,
        results: resultsOf(enhancements, batch.enhancementIds),
        cost_usd: costUsd,
      }
    },
  )
}

function resultsOf(enhancements: Enhancement[], ids: number[]) {
  return enhancements.map((enhancement, index) => enhancementBody(ids[index] ?? 0, enhancement))
}
