import type { FastifyInstance } from 'fastify'
import { authenticate } from '../../authenticate.ts'
import { ACCOUNT, type CostRecord, RECORD } from './cost-record.ts'
import type { CostServices } from './system.ts'

const COLLECTION_RECORDS_MAX = 2_000

const BODY = {
  type: 'object',
  required: ['account', 'records'],
  properties: {
    account: ACCOUNT,
    records: { type: 'array', minItems: 1, maxItems: COLLECTION_RECORDS_MAX, items: RECORD },
  },
}

interface Call {
  Body: { account: string; records: CostRecord[] }
}

/** `POST /v1/costs/collections`: waits for the provider, then stores what it billed. Accounts have no owner. */
export function collectionsRoute(
  app: FastifyInstance,
  { askProvider, costs, tokens }: CostServices,
): void {
  app.post<Call>(
    '/v1/costs/collections',
    { onRequest: authenticate(tokens), schema: { body: BODY } },
    async ({ body: { account, records } }) => {
      await askProvider()
      const collection_id = await costs.collect(account, records)
      const total_cents = records.reduce((sum, { cents }) => sum + cents, 0)
      return { collection_id, account, records: records.length, total_cents }
    },
  )
}
