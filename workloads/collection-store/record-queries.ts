import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { anyRecord, ownCategory, recordsIn } from './own-records.ts'

const AGGREGATE = endpoint('GET /v1/store/collections/:collection/aggregate')
// Only the stress mix sends them.
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

/** A query for the user's own records, which nobody else's are mixed with. */
interface Wanted {
  name: string
  amounts: number[]
}

const validateByCategory = answerValidator<Found, Wanted>(BY_CATEGORY, {
  rules: {
    'only-what-was-asked-for': ({ items }, { name }) =>
      items.every(({ category }) => category === name),
    'highest-own-records-found': ({ items }, { amounts }) => hasAmounts(items, amounts),
  },
})
const validateByLabel = answerValidator<Found, Wanted>(BY_LABEL, {
  rules: {
    'only-what-was-asked-for': ({ items }, { name }) =>
      items.every(({ label }) => label.includes(name)),
    'highest-own-records-found': ({ items }, { amounts }) => hasAmounts(items, amounts),
  },
})

const hasAmounts = (items: Found['items'], amounts: readonly number[]): boolean =>
  items.length === amounts.length && items.every(({ amount }, at) => amount === amounts[at])

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

/** A query that the index of its column answers. */
export const queryIndexed = (session: Session, { index, random }: IterationData): void => {
  const any = anyRecord(session, index, random())
  if (!any) return
  const wanted = highestOf(session, any.collection)
  const params = { collection: any.collection }
  const query = { category: wanted.name, limit: FOUND_MAX }
  validateByCategory(session.send(BY_CATEGORY, undefined, { params, query }), wanted)
}

/** A query for a text in a column without an index: the store has to look at every row of the collection. */
export const queryUnindexed = (session: Session, { index, random }: IterationData): void => {
  const any = anyRecord(session, index, random())
  if (!any) return
  const wanted = highestOf(session, any.collection)
  const params = { collection: any.collection }
  const query = { label: wanted.name, limit: FOUND_MAX }
  validateByLabel(session.send(BY_LABEL, undefined, { params, query }), wanted)
}

const FOUND_MAX = 20

// The category is the label, too.
const highestOf = (session: Session, collection: string): Wanted => {
  const amounts = recordsIn(collection).map(({ amount }) => amount)
  const highest = amounts.sort((one, other) => other - one).slice(0, FOUND_MAX)
  return { name: ownCategory(session), amounts: highest }
}
