import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { anyRecord, ownCategory, recordsIn } from './own-records.ts'

const AGGREGATE = endpoint('GET /v1/store/collections/:collection/aggregate')
// Only the stress mix asks them.
const BY_CATEGORY = endpoint('GET /v1/store/collections/:collection/records', {
  label: 'by category',
  optional: true,
})
const BY_LABEL = endpoint('GET /v1/store/collections/:collection/records', {
  label: 'by label',
  optional: true,
})

interface Totals {
  count: number
  sum: number
}

const validateTotals = answerValidator<Totals, Totals>(AGGREGATE, {
  rules: {
    'every-record-counted': ({ count }, own) => count === own.count,
    'sum-correct': ({ sum }, own) => sum === own.sum,
  },
})

interface Found {
  items: { category: string; label: string; amount: number }[]
}

const validateByCategory = answerValidator<Found, string>(BY_CATEGORY, {
  rules: {
    'only-what-was-asked-for': ({ items }, wanted) =>
      items.every(({ category }) => category === wanted),
    'highest-first': ({ items }) => isDescending(items),
  },
})
const validateByLabel = answerValidator<Found, string>(BY_LABEL, {
  rules: {
    'only-what-was-asked-for': ({ items }, wanted) =>
      items.every(({ label }) => label.includes(wanted)),
    'highest-first': ({ items }) => isDescending(items),
  },
})

/** What all records of the user in a collection amount to. */
export const aggregateRecords = (session: Session, { index, random }: IterationData): void => {
  const any = anyRecord(session, index, random())
  if (!any) return
  const { collection } = any
  const own = recordsIn(collection)
  const totals = { count: own.length, sum: own.reduce((sum, { amount }) => sum + amount, 0) }
  const query = { category: ownCategory(session) }
  validateTotals(session.send(AGGREGATE, undefined, { params: { collection }, query }), totals)
}

const SCANNED = { collection: 'events' }

/** A query that the index of its column answers. */
export const queryIndexed = (session: Session, { index }: IterationData): void => {
  const category = `category-${index % 50}`
  const options = { params: SCANNED, query: { category } }
  validateByCategory(session.send(BY_CATEGORY, undefined, options), category)
}

/** A query for a part of a text that has no index: every row of the collection is looked at. */
export const queryUnindexed = (session: Session, { index }: IterationData): void => {
  const label = `label-${index % 100}`
  const options = { params: SCANNED, query: { label } }
  validateByLabel(session.send(BY_LABEL, undefined, options), label)
}

const isDescending = (items: Found['items']): boolean => {
  return items.every(({ amount }, at) => at === 0 || amount <= (items[at - 1]?.amount ?? 0))
}
