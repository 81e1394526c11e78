import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import {
  anyRecord,
  forgetRecord,
  type OwnRecord,
  paramsOf,
  startAgain,
  writeRecord,
} from './own-records.ts'
import { recordData, type RecordSize } from './record-data.ts'

const READ = endpoint('GET /v1/store/collections/:collection/records/:id')
const UPDATE = endpoint('PATCH /v1/store/collections/:collection/records/:id')
const DELETE = endpoint('DELETE /v1/store/collections/:collection/records/:id', {
  statuses: [204],
})
const AFTER_DELETE = endpoint('GET /v1/store/collections/:collection/records/:id', {
  label: 'after delete',
  statuses: [404],
})

interface StoredRecord {
  id: number
  version: number
  amount: number
  data: string
}

const validateRead = answerValidator<StoredRecord, OwnRecord>(READ, {
  // Read your own writes: the last accepted change, never an older one.
  rules: {
    'last-version-read': ({ version }, own) => version === own.version,
    'last-amount-read': ({ amount }, own) => amount === own.amount,
    'data-kept': ({ data }, { size, number }) => data === recordData(size, number),
  },
})
const validateUpdate = answerValidator<{ id: number; version: number }, OwnRecord>(UPDATE, {
  rules: {
    'own-record': ({ id }, own) => id === own.id,
    'version-next': ({ version }, own) => version === own.version + 1,
  },
})
// These responses have no body.
const validateDelete = answerValidator<true>(DELETE, { read: () => true })
const validateGone = answerValidator<true>(AFTER_DELETE, { read: () => true })

/** Reads a record that the user has written. */
export const readRecord = (session: Session, { index, random }: IterationData): void => {
  const own = anyRecord(session, index, random())
  if (own) validateRead(session.send(READ, undefined, { params: paramsOf(own) }), own)
}

/** Writes a record of that size. */
export const writeOf = (size: RecordSize) => {
  return (session: Session, { index }: IterationData): void => {
    writeRecord(session, { size, number: index })
  }
}

/** Changes the amount of a record. */
export const updateRecord = (session: Session, { index, random }: IterationData): void => {
  const own = anyRecord(session, index, random())
  if (!own) return
  const amount = (own.amount + 1 + (index % 10)) % 1_000
  const response = session.send(UPDATE, { amount }, { params: paramsOf(own) })
  const changed = validateUpdate(response, own)
  if (changed) Object.assign(own, { amount, version: changed.version })
  else startAgain()
}

/** Deletes a record, and checks that it is gone. */
export const deleteRecord = (session: Session, { index, random }: IterationData): void => {
  const own = anyRecord(session, index, random())
  if (!own) return
  const params = paramsOf(own)
  forgetRecord(own)
  if (!validateDelete(session.send(DELETE, undefined, { params }))) {
    startAgain()
    return
  }
  validateGone(session.send(AFTER_DELETE, undefined, { params }))
}
