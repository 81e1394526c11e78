// A cost agent: collects the costs of cloud accounts, analyses them and recommends savings by a model.
import { createRandom, lognormal } from '../../random.ts'
import type { Services } from '../../services.ts'
import { sleep } from '../../sleep.ts'
import { defineSystem } from '../../system.ts'
import { collectionsRoute } from './collections-route.ts'
import { CostStore } from './cost-store.ts'
import { costAnalyser } from './cost-analyser.ts'
import { costRoutes } from './cost-routes.ts'

const HOUR_MS = 3_600_000

/** What its routes need. */
export interface CostServices extends Pick<Services, 'model' | 'tokens'> {
  costs: CostStore
  analyse: ReturnType<typeof costAnalyser>
  /** Waits as long as a cloud provider takes to answer. */
  askProvider: () => Promise<void>
  modelMedianMs: number
}

export const system = defineSystem({
  rules: {
    costProviderMedianMs: { value: 250, min: 0, max: HOUR_MS, fraction: true },
    costModelMedianMs: { value: 900, min: 0, max: HOUR_MS, fraction: true },
    /** Planted faults: a delay of each analysis, and memory that each analysis never frees. */
    costAnalysisDelayMs: { value: 0, min: 0, max: HOUR_MS, fraction: true },
    costLeakBytes: { value: 0, min: 0, max: 100_000_000 },
  },
  add(app, { database, model, settings, storedRows, tokens }, ownSettings) {
    const { costProviderMedianMs, costModelMedianMs: modelMedianMs } = ownSettings
    const costs = new CostStore(database)
    storedRows['stored_cost_records'] = () => costs.count('cost_records')
    storedRows['stored_cost_collections'] = () => costs.count('cost_collections')
    storedRows['stored_cost_recommendations'] = () => costs.count('cost_recommendations')
    const random = createRandom(settings.seed)
    const latency = { median: costProviderMedianMs, sigma: settings.modelSigma }
    const askProvider = () => sleep(lognormal(random, latency))
    const analyse = costAnalyser(costs, ownSettings)
    const services = { costs, analyse, askProvider, model, modelMedianMs, tokens }
    collectionsRoute(app, services)
    costRoutes(app, services)
  },
})
