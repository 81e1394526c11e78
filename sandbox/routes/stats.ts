import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

const RESPONSE = {
  type: 'object',
  properties: {
    stored_prompts: { type: 'integer' },
    stored_batches: { type: 'integer' },
    users: { type: 'integer' },
  },
  additionalProperties: { type: 'integer' },
}

/** `GET /v1/stats`: rows stored, to compare with what was accepted. Open, as only loopback calls. */
export function statsRoute(app: FastifyInstance, { store, storedRows }: Services): void {
  app.get('/v1/stats', { schema: { response: { 200: RESPONSE } } }, async () => {
    const [stored_prompts, stored_batches, users, ofSystems] = await Promise.all([
      store.count('enhancements'),
      store.count('batches'),
      store.count('users'),
      counted(storedRows),
    ])
    return { stored_prompts, stored_batches, users, ...ofSystems }
  })
}

async function counted(storedRows: Services['storedRows']): Promise<Record<string, number>> {
  const counts = Object.entries(storedRows).map(async ([name, count]) => [name, await count()])
  return Object.fromEntries(await Promise.all(counts)) as Record<string, number>
}
