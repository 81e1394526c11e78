import type { FastifyInstance } from 'fastify'
import { authenticate } from '../../authenticate.ts'
import { ACCOUNT, PLACE, placeOf, readPlace } from './cost-record.ts'
import { recommend } from './recommend.ts'
import type { CostServices } from './system.ts'

const PAGE_MAX = 200
const PAGE_USUAL = 50
const BEFORE_ALL = { day: -1, service: '' }

const OF_ACCOUNT = { type: 'object', required: ['account'], properties: { account: ACCOUNT } }

const PAGE_QUERY = {
  type: 'object',
  required: ['account'],
  properties: { account: ACCOUNT, after: PLACE, limit: { type: 'string', pattern: '^\\d{1,3}$' } },
}

interface OfAccount {
  Body: { account: string }
}

interface Page {
  Querystring: { account: string; after?: string; limit?: string }
}

/** `POST /v1/costs/analyses`, `POST /v1/costs/recommendations` and `GET /v1/costs/records`. */
export function costRoutes(app: FastifyInstance, services: CostServices): void {
  const { analyse, costs, model, modelMedianMs, tokens } = services
  const onRequest = authenticate(tokens)
  const ofAccount = { onRequest, schema: { body: OF_ACCOUNT } }

  app.post<OfAccount>('/v1/costs/analyses', ofAccount, async ({ body: { account } }) => ({
    account,
    ...(await analyse(account)),
  }))

  app.post<OfAccount>('/v1/costs/recommendations', ofAccount, async ({ body: { account } }) => {
    const recommendations = recommend(await analyse(account))
    const model_ms = await model.call(modelMedianMs)
    const savings_cents = recommendations.reduce((sum, each) => sum + each.savings_cents, 0)
    const recommendation_id = await costs.addRecommendation(account, savings_cents)
    return { recommendation_id, account, recommendations, savings_cents, model_ms }
  })

  app.get<Page>(
    '/v1/costs/records',
    { onRequest, schema: { querystring: PAGE_QUERY } },
    async ({ query: { account, after, limit = String(PAGE_USUAL) } }) => {
      const size = Math.min(PAGE_MAX, Math.max(1, Number(limit)))
      const records = await costs.page(account, after ? readPlace(after) : BEFORE_ALL, size)
      const last = records.at(-1)
      return { account, records, next: last && records.length === size ? placeOf(last) : null }
    },
  )
}
