import type { FastifyInstance } from 'fastify'
import { authenticate, callerOf } from '../authenticate.ts'
import { ENHANCEMENT_SCHEMA, PROMPT_SCHEMA, enhancementBody } from '../enhancement-body.ts'
import { msSince } from '../ms-since.ts'
import { TECHNIQUES, type Technique } from '../technique-rules.ts'
import type { Services } from '../services.ts'

const SCHEMA = {
  body: {
    type: 'object',
    required: ['prompt'],
    properties: { prompt: PROMPT_SCHEMA, technique: { type: 'string', enum: TECHNIQUES } },
  },
  response: { 200: ENHANCEMENT_SCHEMA },
}

/** `POST /v1/enhance`: one prompt, enhanced and stored before the answer. */
export function enhanceRoute(app: FastifyInstance, services: Services): void {
  const { enhancer, metrics, store, tokens } = services

  app.post<{ Body: { prompt: string; technique?: Technique } }>(
    '/v1/enhance',
    { onRequest: authenticate(tokens), schema: SCHEMA },
    async (request) => {
      const sinceMs = performance.now()
      const { prompt, technique } = request.body
      const enhancement = await enhancer.enhance(prompt, technique)
      const { userId } = callerOf(request)
      const id = await store.addEnhancement(userId, enhancement, msSince(sinceMs))

      metrics.techniqueChoices.inc({ technique: enhancement.technique })
      metrics.costUsd.inc(enhancement.costUsd)
      const expected = request.headers['x-expected-technique']
      if (expected !== undefined) {
        metrics.techniquePredictions.inc()
        if (expected === enhancement.technique) metrics.techniquePredictionsCorrect.inc()
      }
      return enhancementBody(id, enhancement)
    },
  )
}
