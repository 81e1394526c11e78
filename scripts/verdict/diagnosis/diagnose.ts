import type { SampleDatabase } from '../../samples/sample-database.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { DiagnosisFacts, JudgedFacts } from './diagnosis-facts.ts'
import { dominantEndpoint } from './dominant-endpoint.ts'
import { failuresFromStart } from './failures-from-start.ts'
import { failuresRising } from './failures-rising.ts'
import { generatorNearLimit } from './generator-near-limit.ts'
import { noConnectionReuse } from './no-connection-reuse.ts'
import { readConnections } from './read-connections.ts'
import { readEndpointTimes, readFirstRequests } from './read-requests.ts'
import { readSeriesCount } from './read-series-count.ts'
import { slowRegion } from './slow-region.ts'
import { throughputLimit } from './throughput-limit.ts'
import { timeBeforeSending } from './time-before-sending.ts'
import { tooManySeries } from './too-many-series.ts'
import { tooManyUrls } from './too-many-urls.ts'
import { tooShort } from './too-short.ts'

/** A judged run, and its samples: the tables `requests` and `samples`. */
export interface DiagnosisContext extends JudgedFacts {
  database: SampleDatabase
  /** Columns of the sample file. */
  columns: readonly string[]
}

/** In the order in which a reader should hear of them. */
const RULES: readonly ((facts: DiagnosisFacts) => Diagnosis[])[] = [
  failuresFromStart,
  generatorNearLimit,
  throughputLimit,
  failuresRising,
  noConnectionReuse,
  dominantEndpoint,
  slowRegion,
  timeBeforeSending,
  tooManyUrls,
  tooManySeries,
  tooShort,
]

/** Looks for what commonly explains a run, warnings first; an empty list for a run without any of it. */
export async function diagnose(context: DiagnosisContext): Promise<Diagnosis[]> {
  const { database, columns, ...judged } = context
  const facts: DiagnosisFacts = {
    ...judged,
    firstRequests: await readFirstRequests(database),
    endpointTimes: await readEndpointTimes(database),
    connections: await readConnections(database),
    seriesCount: await readSeriesCount(database, columns),
  }
  const found = RULES.flatMap((rule) => rule(facts))
  const isWarning = ({ severity }: Diagnosis): boolean => severity === 'warning'
  return [...found.filter(isWarning), ...found.filter((each) => !isWarning(each))]
}
