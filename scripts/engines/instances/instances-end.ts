import { WHOLE_LOAD_EXITS } from '../../k6/exit-codes.ts'
import type { K6Outcome } from '../../k6/run-k6.ts'
import { type EndedProcess, faultOf, InstanceFault, type K6Instance } from './k6-instance.ts'

/** Why the load ended before its time. */
export type Halt = NonNullable<K6Outcome['stoppedBy']> | InstanceFault

/** How several k6 ended. */
export interface InstancesEnd {
  /** As if they were one k6. */
  outcome: K6Outcome
  /** Of each, in their order. */
  ends: (EndedProcess & { stoppedBy?: string })[]
  /** Why the load was not the planned one; one sentence part each, naming the instance. */
  faults: string[]
  /** When all of them were told to begin; missing where that did not come. */
  releasedAtMs?: number
}

/** k6's own, for what happened to all of them. */
const EXIT = { stopped: 105 }

/** What several k6 are together. */
export function endOf(
  instances: readonly Pick<K6Instance, 'name'>[],
  ends: readonly EndedProcess[],
  halt: Halt | undefined,
): InstancesEnd {
  const stoppedBy = halt instanceof InstanceFault ? 'fault' : halt
  const interrupted = interruptedIn(ends)
  const told = ends.map((end) => ({ ...end, ...(stoppedBy && { stoppedBy }) }))
  if (halt instanceof InstanceFault) {
    const { exitCode, message } = halt
    const outcome = { ...(exitCode !== undefined && { exitCode }), ...interrupted }
    return { outcome, ends: told, faults: [message] }
  }
  if (halt) {
    const outcome = { exitCode: EXIT.stopped, stoppedBy: halt, ...interrupted }
    return { outcome, ends: told, faults: [] }
  }
  const faults = instances.flatMap(({ name }, index) => {
    const end = ends[index]
    const isSound = WHOLE_LOAD_EXITS.includes(end?.outcome.exitCode ?? -1)
    return end && !isSound ? [faultOf(name, end)] : []
  })
  const [first] = faults
  const exitCode = first
    ? first.exitCode
    : Math.max(...ends.map(({ outcome }) => outcome.exitCode ?? 0))
  return {
    outcome: { ...(exitCode !== undefined && { exitCode }), ...interrupted },
    ends: told,
    faults: faults.map(({ message }) => message),
  }
}

function interruptedIn(ends: readonly EndedProcess[]): Pick<K6Outcome, 'interruptedIterations'> {
  const counts = ends.flatMap(({ outcome }) => outcome.interruptedIterations ?? [])
  return counts.length === 0 ? {} : { interruptedIterations: counts.reduce((a, b) => a + b) }
}
