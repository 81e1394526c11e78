// Tags of the VU: they are on every sample of the iteration, its requests, checks and own metrics.
import exec from 'k6/execution'
import { phaseAt } from './phases.ts'
import { JUDGED_TAG, type Phase, type RunPlan, UNJUDGED_PHASES } from './plan.ts'

/** Sets phase, operation and whether objectives judge it, for the rest of the iteration. */
export type TagIteration = (operation: string, elapsedSeconds: number) => void

/** Made once for each VU. The phase is looked up only when the last one has ended. */
export const createTagger = ({ phases }: Pick<RunPlan, 'phases'>): TagIteration => {
  let phase: Phase | undefined
  let judged = ''
  // k6 builds this object anew at each access, which costs more than a whole check.
  let tags: Record<string, unknown> | undefined

  return (operation, elapsedSeconds) => {
    tags ??= exec.vu.metrics.tags
    if (!phase || elapsedSeconds >= phase.endSeconds || elapsedSeconds < phase.startSeconds) {
      phase = phaseAt(phases, elapsedSeconds)
      judged = UNJUDGED_PHASES.includes(phase.name) ? 'no' : 'yes'
    }
    // Always all of them: k6 forgets the tags of a VU that rested.
    tags['phase'] = phase.name
    tags['operation'] = operation
    tags[JUDGED_TAG] = judged
  }
}
