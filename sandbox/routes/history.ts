import type { FastifyInstance } from 'fastify'
import { authenticate, callerOf } from '../authenticate.ts'
import type { Services } from '../services.ts'

// Bodies must keep their types, so Fastify converts nothing, and numbers in a URL are text.
const SCHEMA = {
  querystring: {
    type: 'object',
    properties: {
      page: { type: 'string', pattern: '^[1-9][0-9]{0,5}$', default: '1' },
      page_size: { type: 'string', pattern: '^([1-9][0-9]?|100)$', default: '20' },
    },
  },
  response: {
    200: {
      type: 'object',
      properties: {
        items: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'integer' },
              prompt: { type: 'string' },
              technique: { type: 'string' },
              cost_usd: { type: 'number' },
              created_at: { type: 'string' },
            },
          },
        },
        page: { type: 'integer' },
        page_size: { type: 'integer' },
        total: { type: 'integer' },
      },
    },
  },
}

/** `GET /v1/history`: the caller's own enhancements, newest first, at most 100 a page. */
export function historyRoute(app: FastifyInstance, { store, tokens }: Services): void {
  app.get<{ Querystring: { page: string; page_size: string } }>(
    '/v1/history',
    { onRequest: authenticate(tokens), schema: SCHEMA },
    async (request) => {
      const page = Number(request.query.page)
      const pageSize = Number(request.query.page_size)
      const { userId } = callerOf(request)
      const { items, total } = await store.history({ userId, page, pageSize })
      return { items, page, page_size: pageSize, total }
    },
  )
}
