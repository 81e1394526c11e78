import { COLLECTIONS } from './record.ts'

// Ids in paths are text: the validator of this app converts no types.
const ID = { type: 'string', pattern: '^[1-9][0-9]{0,14}$' }
const NAME = { type: 'string', minLength: 1, maxLength: 64 }
const AMOUNT = { type: 'integer', minimum: 0, maximum: 1_000_000_000 }
const COLLECTION = { type: 'string', enum: COLLECTIONS }

/** Longest data of a record, in characters. */
const DATA_LENGTH_MAX = 1_000_000

const OF_COLLECTION = { type: 'object', properties: { collection: COLLECTION } }
const OF_RECORD = { type: 'object', properties: { collection: COLLECTION, id: ID } }

export const ONE = { params: OF_RECORD }

export const CREATE = {
  params: OF_COLLECTION,
  body: {
    type: 'object',
    required: ['category', 'label', 'amount', 'data'],
    properties: {
      category: NAME,
      label: NAME,
      amount: AMOUNT,
      data: { type: 'string', maxLength: DATA_LENGTH_MAX },
    },
  },
}

export const CHANGE = {
  params: OF_RECORD,
  body: { type: 'object', required: ['amount'], properties: { amount: AMOUNT } },
}

export const QUERY = {
  params: OF_COLLECTION,
  querystring: {
    type: 'object',
    properties: {
      category: NAME,
      label: NAME,
      limit: { type: 'string', pattern: '^([1-9][0-9]?|100)$', default: '20' },
    },
    oneOf: [{ required: ['category'] }, { required: ['label'] }],
  },
}

export const AGGREGATE = {
  params: OF_COLLECTION,
  querystring: { type: 'object', required: ['category'], properties: { category: NAME } },
}
