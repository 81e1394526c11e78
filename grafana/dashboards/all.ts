import type { BoardSpec } from '../panels/spec.ts'
import { applicationMetrics } from './application-metrics.ts'
import { businessKpis } from './business-kpis.ts'
import { infrastructure } from './infrastructure.ts'
import { runHistory } from './run-history.ts'
import { runOverview } from './run-overview.ts'

/** Every board, in the order of a first look. */
export const BOARDS: readonly BoardSpec[] = [
  runOverview,
  applicationMetrics,
  infrastructure,
  businessKpis,
  runHistory,
]
