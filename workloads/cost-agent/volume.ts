// What ten times as much data costs: the same page and the same analysis of 100, 1,000 and 10,000 records.
import { Trend } from 'k6/metrics'
import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { analyseAccount } from './analyse.ts'
import { send } from './collect.ts'
import { type CostAccount, costAccount, type CostRecord } from './cost-records.ts'

const PAGE = endpoint('GET /v1/costs/records')

interface Page {
  records: CostRecord[]
}

const validate = answerValidator<Page, CostRecord[]>(PAGE, {
  schema: { type: 'object', properties: { records: { type: 'array', minItems: 1 } } },
  rules: {
    'right-page': ({ records }, expected) =>
      records.length === expected.length &&
      records.every(
        ({ day, cents }, at) => day === expected[at]?.day && cents === expected[at].cents,
      ),
  },
})

const PAGE_RECORDS = 50
const SERVICES = 10
const DAYS = [10, 100, 1_000]

// Duration divided by the duration for a tenth of the records, both of the same iteration.
const pageGrowth = [new Trend('page_growth_to_1000'), new Trend('page_growth_to_10000')]
const analysisGrowth = [
  new Trend('analysis_growth_per_record_to_1000'),
  new Trend('analysis_growth_per_record_to_10000'),
]

let accounts: CostAccount[] | undefined

/** Measures the three volumes right after each other, so that a slow moment slows all of them. */
export const volume = (session: Session, { index, random }: IterationData): void => {
  const all = (accounts ??= volumes(session, random))
  if (!all) return
  growth(
    pageGrowth,
    inTurn(index, (at) => readMiddle(session, all[at] as CostAccount)),
  )
  growth(
    analysisGrowth,
    inTurn(index, (at) => {
      const account = all[at] as CostAccount
      const analysisMs = analyseAccount(session, account)
      return analysisMs && analysisMs / account.records.length
    }),
  )
}

type Measured = (number | undefined)[]

/** Each iteration starts with another volume, since a slow request can slow the one after it. */
const inTurn = (index: number, measure: (at: number) => number | undefined): Measured => {
  const measured: Measured = []
  for (let turn = 0; turn < DAYS.length; turn++) {
    const at = (index + turn) % DAYS.length
    measured[at] = measure(at)
  }
  return measured
}

// All volumes or none: those of an upload that failed would make every later page and analysis look wrong.
const volumes = (session: Session, random: IterationData['random']): CostAccount[] | undefined => {
  const all = DAYS.map((days) => {
    const name = `volume-${session.user}-${days * SERVICES}`
    return costAccount(name, random, { services: SERVICES, days })
  })
  return all.every((account) => send(session, account)) ? all : undefined
}

/** Reads the page in the middle of an account, after a given record: the API need not count its way there. */
const readMiddle = (session: Session, { account, records }: CostAccount): number | undefined => {
  const first = records.length / 2
  const { day, service } = records[first - 1] as CostRecord
  const query = { account, after: `${day}.${service}`, limit: PAGE_RECORDS }
  const response = session.send(PAGE, undefined, { query })
  const expected = records.slice(first, first + PAGE_RECORDS)
  return validate(response, expected) && response.timings.duration
}

const growth = (trends: Trend[], measured: Measured): void => {
  trends.forEach((trend, at) => {
    const [small, large] = [measured[at], measured[at + 1]]
    if (small && large) trend.add(large / small)
  })
}
