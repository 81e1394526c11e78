import type { Enhancer } from './enhancer.ts'
import type { Metrics } from './metrics.ts'
import type { Store } from './store.ts'
import type { Tokens } from './tokens.ts'

/** What routes are made of; each takes the ones it needs. */
export interface Services {
  enhancer: Enhancer
  metrics: Metrics
  store: Store
  tokens: Tokens
}
