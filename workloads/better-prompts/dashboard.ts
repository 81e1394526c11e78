// People who look at the dashboards, while others use the API so that there is something to see.
import { sandboxLogin } from '../../lib/auth/sandbox-login.ts'
import type { Workload } from '../../lib/workload.ts'
import { enhance } from './enhance.ts'
import { exportCsv, exportJson } from './export-metrics.ts'
import { readSummary } from './metrics-summary.ts'
import { watchMetrics } from './watch-metrics.ts'

export const workload: Workload = {
  name: 'better-prompts',
  auth: sandboxLogin(),
  segmentClaim: 'segment',
  thinkTime: { medianSeconds: 1, p95Seconds: 3 },
  operations: {
    enhance: { weight: 40, run: enhance },
    'watch-metrics': { weight: 40, run: watchMetrics },
    'read-summary': { weight: 10, run: readSummary },
    'export-csv': { weight: 5, run: exportCsv },
    'export-json': { weight: 5, run: exportJson },
  },
}
