import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

const RESPONSE = {
  type: 'object',
  properties: {
    stored_prompts: { type: 'integer' },
    stored_batches: { type: 'integer' },
    users: { type: 'integer' },
  },
}

/** `GET /v1/stats`: rows stored, to compare with what was accepted. Open, as only loopback calls. */
export function statsRoute(app: FastifyInstance, { store }: Services): void {
  app.get('/v1/stats', { schema: { response: { 200: RESPONSE } } }, async () => {
    const { prompts, batches, users } = await store.counts()
    return { stored_prompts: prompts, stored_batches: batches, users }
  })
}
