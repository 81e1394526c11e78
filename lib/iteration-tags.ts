// Tags of the VU: they are on every sample of the iteration, its requests, checks and own metrics.
import exec from 'k6/execution'
import { phaseAt } from './phases.ts'
import { JUDGED_TAG, type RunPlan, UNJUDGED_PHASES } from './plan.ts'

/** Sets phase, operation and whether objectives judge it, for the rest of the iteration. */
export type TagIteration = (operation: string, elapsedMs: number) => void

/** Made once for each VU. The phase is looked up only when the last one has ended. */
export const createTagger = ({ phases }: Pick<RunPlan, 'phases'>): TagIteration => {
  let phase = ''
  let startMs = 0
  let endMs = 0
  let judged = ''
  // k6 builds this object anew at each access, which costs more than a whole check.
  let tags: Record<string, unknown> | undefined

  return (operation, elapsedMs) => {
    if (elapsedMs >= endMs || elapsedMs < startMs) {
      const found = phaseAt(phases, elapsedMs / 1_000)
      phase = found.name
      startMs = found.startSeconds * 1_000
      endMs = found.endSeconds * 1_000
      judged = UNJUDGED_PHASES.includes(phase) ? 'no' : 'yes'
    }
    tags ??= exec.vu.metrics.tags
    // Always all of them: k6 forgets the tags of a VU that rested.
    tags['phase'] = phase
    tags['operation'] = operation
    tags[JUDGED_TAG] = judged
  }
}
