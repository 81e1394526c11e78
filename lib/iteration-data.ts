// Pure: read by k6 and by Node. What an iteration may base its data on, whichever VU has it.
import { createRandom, mixSeed, type Random } from './random.ts'
import type { IterationData } from './workload.ts'

/** One object for all iterations of a VU, whose `index` is set for each; many iterations draw no random numbers. */
export const iterationData = (seed: number, setup: unknown): IterationData => {
  let random: Random | undefined
  let drawnFor = -1
  const data: IterationData = {
    index: 0,
    seed,
    setup,
    random: () => {
      if (!random || drawnFor !== data.index) random = createRandom(mixSeed(seed, data.index))
      drawnFor = data.index
      return random()
    },
  }
  return data
}
