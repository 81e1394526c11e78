// The loop of a VU: choose an operation, tag it, run it, count what goes wrong, think.
import { countFailure } from './count-failure.ts'
import { tagIteration } from './iteration-tags.ts'
import { operationChooser } from './mix.ts'
import { firstPause, pause } from './pause.ts'
import { createRandom, mixSeed } from './random.ts'
import { segmentLabel } from './stream-labels.ts'
import { isStreamed } from './streamed.ts'
import { type SetupData, type VirtualUserSettings, vuContext } from './vu-context.ts'

/** The default function of a scenario: k6 calls it again and again, once for each iteration of a VU. */
export const virtualUser = (settings: VirtualUserSettings) => {
  const { workload, plan, seed } = settings
  const chooseOperation = operationChooser(workload.operations, plan.model, seed)
  const labelSegment = isStreamed ? segmentLabel(workload) : undefined
  // Each VU has a JavaScript runtime of its own, so this is the VU's.
  let vu: ReturnType<typeof vuContext> | undefined

  return async (setupData: SetupData): Promise<void> => {
    if (vu?.scenario.name !== vu?.scenarioName || !vu) {
      vu = vuContext(settings, setupData)
      firstPause(vu, settings)
      // The plan was over before this VU's first turn.
      if (plan.model === 'closed' && Date.now() > vu.endMs) return
    }
    const index = vu.iteration()
    const data = { index, seed, random: createRandom(mixSeed(seed, index)) }
    const operation = vu.operation ?? chooseOperation(index)
    const startedAtMs = Date.now()
    tagIteration(vu, operation, plan.phases)
    try {
      labelSegment?.(vu.session)
      await workload.operations[operation]?.run(vu.session, data)
    } catch (error) {
      countFailure(operation, error)
    }
    pause(vu, settings, { startedAtMs, random: data.random })
  }
}
