import { ApiError } from '../../api-error.ts'
import { sleep } from '../../sleep.ts'
import { analyseCosts, type CostAnalysis } from './analyse-costs.ts'
import type { CostStore } from './cost-store.ts'

interface PlantedFaults {
  costAnalysisDelayMs: number
  costLeakBytes: number
}

/**
 * Returns the function that analyses an account.
 *
 * @throws ApiError 404 when nothing was collected for it
 */
export function costAnalyser(
  costs: CostStore,
  { costAnalysisDelayMs, costLeakBytes }: PlantedFaults,
): (account: string) => Promise<CostAnalysis> {
  const leaked: Buffer[] = []
  return async (account) => {
    const records = await costs.all(account)
    if (records.length === 0) throw noSuchAccount(account)
    if (costAnalysisDelayMs > 0) await sleep(costAnalysisDelayMs)
    // Filled, as untouched pages take no memory.
    if (costLeakBytes > 0) leaked.push(Buffer.alloc(costLeakBytes, 1))
    return analyseCosts(records)
  }
}

function noSuchAccount(account: string): ApiError {
  return new ApiError(404, 'not_found', `Expected an account with collected costs, got ${account}`)
}
