// The loop of a VU: choose an operation, tag it, run it, count what goes wrong, think.
import { countFailure } from './count-failure.ts'
import { tagIteration } from './iteration-tags.ts'
import { beginOperation, endOperation } from './operation.ts'
import { firstPause, pause } from './pause.ts'
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
  // Each VU has a JavaScript runtime of its own, so this is the VU's.
  let vu: VuContext | undefined

  return (setupData: SetupData): undefined | Promise<void> => {
    // k6 forgets a VU's tags when it takes it up again, after a rest or for another scenario.
    if (!vu || (vu.tags['operation'] === undefined && isElsewhere(vu))) {
      vu = vuContext(settings, setupData)
      firstPause(vu, settings)
      // The plan was over before this VU's first turn.
      if (vu.plan.model === 'closed' && Date.now() > vu.endMs) return undefined
    }
    return iterate(vu, settings)
  }
}

const iterate = (vu: VuContext, settings: VirtualUserSettings): undefined | Promise<void> => {
  const { data, scenario, plan, partIndex } = vu
  // Its number in the whole test, over all k6 scenarios.
  data.index = scenario.iterationInTest * plan.parts.length + partIndex
  const operation = vu.operationAt(data.index)
  vu.startedAtMs = Date.now()
  tagIteration(vu, operation)
  beginOperation()
  try {
    vu.labelSegment?.(vu.session)
    const running = settings.workload.operations[operation]?.run(vu.session, data)
    if (running && running instanceof Promise)
      return running
        .catch((error: unknown) => countFailure(operation, error))
        .then(() => endIteration(vu, settings))
  } catch (error) {
    countFailure(operation, error)
  }
  endIteration(vu, settings)
  return undefined
}

const endIteration = (vu: VuContext, settings: VirtualUserSettings): void => {
  endOperation(vu.startedAtMs)
  pause(vu, settings)
}

const isElsewhere = ({ scenario, scenarioName }: VuContext): boolean =>
  scenario.name !== scenarioName
