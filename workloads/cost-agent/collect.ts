import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { type CostAccount, costAccount } from './cost-records.ts'

const COLLECT = endpoint('POST /v1/costs/collections')

interface Collection {
  collection_id: number
  account: string
  records: number
  total_cents: number
}

const validate = answerValidator<Collection, { account: string; cents: number; records: number }>(
  COLLECT,
  {
    schema: {
      type: 'object',
      properties: {
        collection_id: { type: 'integer', minimum: 1 },
        account: { type: 'string' },
        records: { type: 'integer' },
        total_cents: { type: 'integer' },
      },
    },
    rules: {
      'own-account': (body, { account }) => body.account === account,
      'every-record-counted': (body, { records }) => body.records === records,
      'total-correct': (body, { cents }) => body.total_cents === cents,
    },
  },
)

/** The most records that the API accepts in one body. */
const RECORDS_MAX = 2_000

const SIZE = { services: 4, days: 10 }

// Each VU has a JavaScript runtime and one account, so this is what this VU collected last.
let collected: CostAccount | undefined

/**
 * Collects ten days of four services for the user's account, in place of what was collected before; undefined where the
 * API did not accept it.
 */
export const collect = (session: Session, { random }: IterationData): CostAccount | undefined => {
  const account = costAccount(`account-${session.user}`, random, SIZE)
  collected = send(session, account) ? account : undefined
  return collected
}

/** The user's account as it was last collected; it is collected first if it has not been. */
export const collectedAccount = (session: Session, data: IterationData) =>
  collected ?? collect(session, data)

/** Sends an account in as few collections as it takes; false where one of them was not accepted. */
export const send = (session: Session, { account, records }: CostAccount): boolean => {
  for (let first = 0; first < records.length; first += RECORDS_MAX) {
    const part = records.slice(first, first + RECORDS_MAX)
    const cents = part.reduce((sum, record) => sum + record.cents, 0)
    const response = session.send(COLLECT, { account, records: part })
    if (!validate(response, { account, cents, records: part.length })) return false
  }
  return true
}
