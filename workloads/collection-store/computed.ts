import { Rate } from 'k6/metrics'
import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import { pick } from '../../lib/random.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { type Attribute, attributeOf, type ItemFields } from './computed-values.ts'

const PUT_ITEM = endpoint('PUT /v1/store/items/:id')
const CHANGE = endpoint('PATCH /v1/store/items/:id', { optional: true })
const COMPUTED = endpoint('GET /v1/store/items/:id/computed/:attribute')

/** Reads that were answered from the cache. */
const cacheHits = new Rate('store_cache_hits')
/** Reads whose value is that of the current fields. */
const current = new Rate('store_computed_current')

interface Computed {
  value: number
  cached: boolean
}

const validatePut = answerValidator<{ id: string }, string>(PUT_ITEM, {
  rules: { 'own-item': ({ id }, own) => id === own },
})
const validateChange = answerValidator<{ invalidated: string[] }>(CHANGE, {
  schema: { type: 'object', properties: { invalidated: { type: 'array', minItems: 1 } } },
})
const validateComputed = answerValidator<Computed, number>(COMPUTED, {
  schema: {
    type: 'object',
    properties: { value: { type: 'integer' }, cached: { type: 'boolean' } },
  },
  rules: {
    'value-current': ({ value, cached }, expected) => {
      cacheHits.add(cached)
      current.add(value === expected)
      return value === expected
    },
  },
})

// Each VU has a JavaScript runtime and one item.
let own: ItemFields | undefined

const paramsOf = ({ user }: Session) => ({ id: `item-${user}` })

const SERIES = 100

const ensureItem = (session: Session, { random }: IterationData): ItemFields | undefined => {
  if (own) return own
  const series = Array.from({ length: SERIES }, () => Math.floor(random() * 10_000))
  const fields = { price: 1_000, quantity: 3, discountPercent: 10, taxPercent: 19, series }
  const params = paramsOf(session)
  if (validatePut(session.send(PUT_ITEM, fields, { params }), params.id)) own = fields
  return own
}

/** Share of the operations that change a field before they read. */
const CHANGE_SHARE = 0.25

/** Reads of the value in each operation: all but the first can come from the cache. */
const READS = 2

/** An operation that reads one of some attributes, now and then after a change of a field that they depend on. */
const computedRead = (
  attributes: readonly Attribute[],
  changeOf: (data: IterationData) => Partial<ItemFields>,
) => {
  return (session: Session, data: IterationData): void => {
    const fields = ensureItem(session, data)
    if (!fields) return
    const attribute = pick(data.random, attributes)
    if (data.random() < CHANGE_SHARE && !change(session, fields, changeOf(data))) return
    const params = { ...paramsOf(session), attribute }
    const expected = attributeOf(fields, attribute)
    for (let read = 0; read < READS; read++)
      validateComputed(session.send(COMPUTED, undefined, { params }), expected)
  }
}

const change = (session: Session, fields: ItemFields, changes: Partial<ItemFields>): boolean => {
  const response = session.send(CHANGE, changes, { params: paramsOf(session) })
  const isChanged = validateChange(response) !== undefined
  if (isChanged) Object.assign(fields, changes)
  // It is unknown what is stored, so the next operation sets all fields again.
  else own = undefined
  return isChanged
}

/** A product of two fields. */
export const readSimple = computedRead(['total'], ({ index }) => ({ price: 1_000 + (index % 500) }))

/** All pairs of a list. */
export const readComplex = computedRead(['spread'], ({ random }) => ({
  series: Array.from({ length: SERIES }, () => Math.floor(random() * 10_000)),
}))

/** Attributes of attributes: a change of the quantity reaches them over one and over two others. */
export const readDependent = computedRead(['net', 'gross'], ({ index }) => ({
  quantity: 1 + (index % 20),
}))
