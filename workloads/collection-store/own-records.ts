import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import { nth } from '../../lib/random.ts'
import type { Session } from '../../lib/session.ts'
import { recordData, type RecordSize } from './record-data.ts'

/** The collections that are used, one after the other. */
const COLLECTIONS = ['orders', 'products', 'events'] as const

/** A record that this user has written, as it must be read. */
export interface OwnRecord {
  id: number
  collection: (typeof COLLECTIONS)[number]
  number: number
  size: RecordSize
  amount: number
  version: number
}

const CREATE = endpoint('POST /v1/store/collections/:collection/records', { statuses: [201] })

const validate = answerValidator<{ id: number; version: number }>(CREATE, {
  schema: {
    type: 'object',
    properties: { id: { type: 'integer', minimum: 1 }, version: { const: 1 } },
  },
})

// Each VU has a JavaScript runtime, so these are the records of this VU.
const records: OwnRecord[] = []
let category: string | undefined

/** Category and label of all records of this user, unique to this run. */
export const ownCategory = ({ user }: Session): string => {
  return (category ??= `user-${user}-${Date.now().toString(36)}`)
}

/**
 * Starts again with another category, after a write whose outcome is unknown: it may have been stored without an answer,
 * and totals of the old category could be right with it or without it.
 */
export const startAgain = (): void => {
  records.length = 0
  category = undefined
}

/** Writes a record; undefined if it was not accepted. */
export const writeRecord = (
  session: Session,
  { size, number }: { size: RecordSize; number: number },
): OwnRecord | undefined => {
  const collection = nth(COLLECTIONS, number)
  const amount = number % 1_000
  const own = ownCategory(session)
  const body = { category: own, label: own, amount, data: recordData(size, number) }
  const created = validate(session.send(CREATE, body, { params: { collection } }))
  if (!created) {
    startAgain()
    return undefined
  }
  const record = { ...created, collection, number, size, amount }
  records.push(record)
  return record
}

/** One of the user's records, each equally likely; if there is none yet, it is written first. */
export const anyRecord = (session: Session, number: number, place: number) => {
  return (
    records[Math.floor(place * records.length)] ?? writeRecord(session, { size: 'small', number })
  )
}

/** The user's records of a collection. */
export const recordsIn = (collection: string): readonly OwnRecord[] => {
  return records.filter((record) => record.collection === collection)
}

/** Forgets a record that was deleted. */
export const forgetRecord = (record: OwnRecord): void => {
  records.splice(records.indexOf(record), 1)
}

/** Where a record is. */
export const paramsOf = ({ id, collection }: OwnRecord) => ({ id: String(id), collection })
