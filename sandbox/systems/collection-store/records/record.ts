/** All collections. */
export const COLLECTIONS = ['orders', 'products', 'events'] as const

export type Collection = (typeof COLLECTIONS)[number]

export interface NewRecord {
  /** Indexed. */
  category: string
  /** Not indexed. */
  label: string
  amount: number
  /** All other data of the record, as text. */
  data: string
}

export interface StoredRecord extends NewRecord {
  id: number
  version: number
}

export interface RecordQuery {
  category?: string
  /** A part of the label. */
  label?: string
  limit: number
}

/** Of an empty category all but the count are null, or 0 for the sum. */
export interface Totals {
  count: number
  sum: number
  min: number | null
  max: number | null
}
