import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

const RESPONSE = {
  type: 'object',
  properties: {
    stored_prompts: { type: 'integer' },
    stored_batches: { type: 'integer' },
    stored_canvases: { type: 'integer' },
    stored_executions: { type: 'integer' },
    users: { type: 'integer' },
  },
}

/** `GET /v1/stats`: rows stored, to compare with what was accepted. Open, as only loopback calls. */
export function statsRoute(app: FastifyInstance, { store }: Services): void {
  app.get('/v1/stats', { schema: { response: { 200: RESPONSE } } }, async () => {
    const [prompts, batches, canvases, executions, users] = await Promise.all([
      store.count('enhancements'),
      store.count('batches'),
      store.count('canvases'),
      store.count('executions'),
      store.count('users'),
    ])
    return {
      stored_prompts: prompts,
      stored_batches: batches,
      stored_canvases: canvases,
      stored_executions: executions,
      users,
    }
  })
}
