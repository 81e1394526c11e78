import type { FastifyInstance } from 'fastify'
import { ApiError } from '../../../api-error.ts'
import { authenticate } from '../../../authenticate.ts'
import { EveryNth } from '../../../planted-faults.ts'
import type { StoreParts } from '../system.ts'
import { type AttributeName, ATTRIBUTES, type ItemFields } from './attributes.ts'
import { ItemStore } from './item-store.ts'

const PERCENT = { type: 'integer', minimum: 0, maximum: 100 }
const FIELDS = {
  price: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  quantity: { type: 'integer', minimum: 0, maximum: 10_000 },
  discountPercent: PERCENT,
  taxPercent: PERCENT,
  series: {
    type: 'array',
    maxItems: 1_000,
    items: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  },
}

const ID = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' }
const PARAMS = { type: 'object', properties: { id: ID } }
const OF_ATTRIBUTE = {
  type: 'object',
  properties: { id: ID, attribute: { type: 'string', enum: Object.keys(ATTRIBUTES) } },
}
const PUT = {
  type: 'object',
  additionalProperties: false,
  required: Object.keys(FIELDS),
  properties: FIELDS,
}
const PATCH = { type: 'object', minProperties: 1, additionalProperties: false, properties: FIELDS }

interface OfItem {
  Params: { id: string }
}

interface OfAttribute {
  Params: { id: string; attribute: AttributeName }
}

/** `/v1/store/items/:id`: set and change fields, and read computed attributes. */
export function addComputed(app: FastifyInstance, { services, settings }: StoreParts): void {
  const { database, storedRows, tokens } = services
  const stale = new EveryNth(settings.storeStaleEvery)
  const items = new ItemStore(database, { cacheItems: settings.storeCacheItems, stale })
  const onRequest = authenticate(tokens)
  storedRows['stored_items'] = () => items.count()

  app.put<OfItem & { Body: ItemFields }>(
    '/v1/store/items/:id',
    { onRequest, schema: { params: PARAMS, body: PUT } },
    async ({ params: { id }, body }) => {
      await items.put(id, body)
      return { id }
    },
  )
  app.patch<OfItem & { Body: Partial<ItemFields> }>(
    '/v1/store/items/:id',
    { onRequest, schema: { params: PARAMS, body: PATCH } },
    async ({ params: { id }, body }) => ({
      id,
      invalidated: (await items.change(id, body)) ?? isMissing(id),
    }),
  )
  app.get<OfAttribute>(
    '/v1/store/items/:id/computed/:attribute',
    { onRequest, schema: { params: OF_ATTRIBUTE } },
    async ({ params: { id, attribute } }) => {
      const computed = (await items.compute(id, attribute)) ?? isMissing(id)
      return { id, attribute, ...computed }
    },
  )
}

function isMissing(id: string): never {
  throw new ApiError(404, 'not_found', `Expected the id of a stored item, got ${id}`)
}
