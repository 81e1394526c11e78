import type { FastifyInstance } from 'fastify'
import { authenticate, callerOf } from '../authenticate.ts'
import { enhancePrompt } from '../enhance-prompt.ts'
import { ENHANCEMENT_SCHEMA, PROMPT_SCHEMA } from '../enhancement-body.ts'
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
  app.post<{ Body: { prompt: string; technique?: Technique } }>(
    '/v1/enhance',
    { onRequest: authenticate(services.tokens), schema: SCHEMA },
    (request) => {
      const { prompt, technique } = request.body
      const { userId } = callerOf(request)
      const expected = request.headers['x-expected-technique']
      return enhancePrompt(services, { userId, prompt, technique, expected })
    },
  )
}
