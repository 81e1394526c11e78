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

// One VU runs in one JavaScript runtime and has records of its own.
const records: OwnRecord[] = []
let startedAt: string | undefined

/** Category and label of all records of this user in this run, and of nobody else's. */
export const ownCategory = ({ user }: Session): string => {
  startedAt ??= Date.now().toString(36)
  return `user-${user}-${startedAt}`
}

/** Writes a record; undefined where it was not accepted. */
export const writeRecord = (
  session: Session,
  { size, number }: { size: RecordSize; number: number },
): OwnRecord | undefined => {
  const collection = nth(COLLECTIONS, number)
  const amount = number % 1_000
  const category = ownCategory(session)
  const body = { category, label: category, amount, data: recordData(size, number) }
  const created = validate(session.send(CREATE, body, { params: { collection } }))
  if (!created) return undefined
  const record = { ...created, collection, number, size, amount }
  records.push(record)
  return record
}

/** One of the user's records, each equally likely; the first one is written for it. */
export const anyRecord = (session: Session, number: number, place: number) => {
  return (
    records[Math.floor(place * records.length)] ?? writeRecord(session, { size: 'small', number })
  )
}

/** The user's records of a collection. */
export const recordsIn = (collection: string): readonly OwnRecord[] => {
  return records.filter((record) => record.collection === collection)
}

/** Forgets a record that was deleted, or of which nobody knows whether it was. */
export const forgetRecord = (record: OwnRecord): void => {
  records.splice(records.indexOf(record), 1)
}

/** Where a record is. */
export const paramsOf = ({ id, collection }: OwnRecord) => ({ id: String(id), collection })
