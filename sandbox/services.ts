import type { EntryIds } from './dashboard/entry-ids.ts'
import type { MetricsStore } from './dashboard/metrics-store.ts'
import type { MetricsStream } from './dashboard/metrics-stream.ts'
import type { Summaries } from './dashboard/summaries.ts'
import type { Enhancer } from './enhancer.ts'
import type { Metrics } from './metrics.ts'
import type { Model } from './model.ts'
import type { PooledSqlite } from './pooled-sqlite.ts'
import type { SandboxSettings } from './settings.ts'
import type { Store } from './store.ts'
import type { Tokens } from './tokens.ts'

/** What routes are made of; each takes the ones it needs. */
export interface Services {
  database: PooledSqlite
  enhancer: Enhancer
  ids: EntryIds
  metrics: Metrics
  metricsStore: MetricsStore
  model: Model
  settings: SandboxSettings
  store: Store
  /** For `GET /v1/stats`: functions that count the rows of a system's tables, by the name of the field. */
  storedRows: Record<string, () => Promise<number>>
  stream: MetricsStream
  summaries: Summaries
  tokens: Tokens
}
