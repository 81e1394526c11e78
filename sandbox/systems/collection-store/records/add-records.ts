import type { FastifyInstance } from 'fastify'
import { ApiError } from '../../../api-error.ts'
import { authenticate } from '../../../authenticate.ts'
import type { StoreParts } from '../system.ts'
import { type Collection, COLLECTIONS, type NewRecord, type RecordQuery } from './record.ts'
import { RecordStore } from './record-store.ts'
import { AGGREGATE, CHANGE, CREATE, ONE, QUERY } from './record-schemas.ts'

interface Of {
  Params: { collection: Collection }
}

interface OfOne {
  Params: { collection: Collection; id: string }
}

/** `/v1/store/collections/:collection/records`: create, read, change, delete, query and aggregate. */
export function addRecords(app: FastifyInstance, { services, settings }: StoreParts): void {
  const { database, storedRows, tokens } = services
  const stores = {} as Record<Collection, RecordStore>
  for (const name of COLLECTIONS)
    stores[name] = new RecordStore(database, name, settings.storeRecords)
  storedRows['stored_records'] = () =>
    Promise.resolve(Object.values(stores).reduce((sum, { rows }) => sum + rows, 0))

  const url = '/v1/store/collections/:collection/records'
  const onRequest = authenticate(tokens)
  const aggregateUrl = '/v1/store/collections/:collection/aggregate'

  app.post<Of & { Body: NewRecord }>(
    url,
    { onRequest, schema: CREATE },
    async ({ params: { collection }, body }, reply) => {
      const records = stores[collection]
      if (records.rows >= settings.storeRecordsMax) throw isFull(settings.storeRecordsMax)
      return reply.code(201).send({ id: await records.add(body), version: 1 })
    },
  )
  app.get<Of & { Querystring: Omit<RecordQuery, 'limit'> & { limit: string } }>(
    url,
    { onRequest, schema: QUERY },
    async ({ params, query }) => {
      const wanted = { ...query, limit: Number(query.limit) }
      return { items: await stores[params.collection].query(wanted) }
    },
  )
  app.get<Of & { Querystring: { category: string } }>(
    aggregateUrl,
    { onRequest, schema: AGGREGATE },
    ({ params, query }) => stores[params.collection].aggregate(query.category),
  )
  addRoutesOfOne(app, stores, onRequest)
}

function addRoutesOfOne(
  app: FastifyInstance,
  stores: Record<Collection, RecordStore>,
  onRequest: ReturnType<typeof authenticate>,
): void {
  const url = '/v1/store/collections/:collection/records/:id'
  app.get<OfOne>(url, { onRequest, schema: ONE }, async ({ params: { collection, id } }) => {
    return (await stores[collection].find(Number(id))) ?? isMissing(id)
  })
  app.patch<OfOne & { Body: { amount: number } }>(
    url,
    { onRequest, schema: CHANGE },
    async ({ params: { collection, id }, body }) => {
      const changed = (await stores[collection].update(Number(id), body.amount)) ?? isMissing(id)
      return { id: Number(id), ...changed }
    },
  )
  app.delete<OfOne>(
    url,
    { onRequest, schema: ONE },
    async ({ params: { collection, id } }, reply) => {
      if (!(await stores[collection].remove(Number(id)))) isMissing(id)
      return reply.code(204).send()
    },
  )
}

function isMissing(id: string): never {
  throw new ApiError(404, 'not_found', `Expected the id of a stored record, got ${id}`)
}

function isFull(max: number): ApiError {
  return new ApiError(507, 'store_full', `Expected at most ${max} records in a collection`)
}
