// The loop of a VU: choose an operation, tag it, run it, count what goes wrong, think.
import { countFailure } from './count-failure.ts'
import { tagIteration } from './iteration-tags.ts'
import { beginOperation, endOperation } from './operation.ts'
import { firstPause, pause } from './pause.ts'
import { segmentLabel } from './stream-labels.ts'
import { isStreamed } from './bundled-run.ts'
import {
  type SetupData,
  type VirtualUserSettings,
  type VuContext,
  vuContext,
} from './vu-context.ts'

/**
 * The default function of a scenario: k6 calls it again and again, once for each iteration of a VU. A promise only
 * where the operation's is one: an async function cost every iteration 30 µs, a quarter of a request.
 */
export const virtualUser = (settings: VirtualUserSettings) => {
  const { workload } = settings
  const labelSegment = isStreamed ? segmentLabel(workload) : undefined
  const endIteration = (context: VuContext, startedAtMs: number): void => {
    endOperation(startedAtMs)
    pause(context, settings, startedAtMs)
  }

  const iterate = (context: VuContext): undefined | Promise<void> => {
    const { session, data } = context
    data.index = context.iteration()
    const operation = context.operationAt(data.index)
    const startedAtMs = Date.now()
    tagIteration(context, operation)
    beginOperation()
    try {
      labelSegment?.(session)
      const running = workload.operations[operation]?.run(session, data)
      if (running instanceof Promise)
        return running
          .catch((error: unknown) => countFailure(operation, error))
          .then(() => endIteration(context, startedAtMs))
    } catch (error) {
      countFailure(operation, error)
    }
    endIteration(context, startedAtMs)
    return undefined
  }

  // Each VU has a JavaScript runtime of its own, so this is the VU's.
  let vu: VuContext | undefined

  return (setupData: SetupData): undefined | Promise<void> => {
    if (!vu || isElsewhere(vu)) {
      vu = vuContext(settings, setupData)
      firstPause(vu, settings)
      // The plan was over before this VU's first turn.
      if (vu.plan.model === 'closed' && Date.now() > vu.endMs) return undefined
    }
    return iterate(vu)
  }
}

// k6 forgets a VU's tags when it takes it up again, after a rest or for another scenario.
const isElsewhere = ({ tags, scenario, scenarioName }: VuContext): boolean => {
  return tags['operation'] === undefined && scenario.name !== scenarioName
}
