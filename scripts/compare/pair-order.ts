import { createRandom, mixSeed } from '../../lib/random.ts'

export type Side = 'baseline' | 'candidate'

/**
 * Which side of a pair runs first. It is left to chance, since whatever a run leaves behind on the machine
 * or the target would else always meet the same side; the same seed gives the same order.
 */
export function orderOfPair(seed: number, pair: number): [Side, Side] {
  const isBaselineFirst = createRandom(mixSeed(seed, pair))() < 0.5
  return isBaselineFirst ? ['baseline', 'candidate'] : ['candidate', 'baseline']
}
