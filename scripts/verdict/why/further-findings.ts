// Pure. Causes have the first lines; the diagnosis keeps what they do not say already.
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Cause, CauseCode } from './cause.ts'

/** Findings of the diagnosis that say the same as a cause. */
const SAID: Partial<Record<CauseCode, readonly string[]>> = {
  WHY_CPU_TAKEN: ['generator-near-limit', 'generator-fault'],
  WHY_MACHINE_FULL: ['generator-near-limit', 'generator-fault'],
  WHY_POOL_EXHAUSTED: ['throughput-limit'],
  WHY_SLOW_ENDPOINT: ['endpoint-time'],
  WHY_LARGE_RESPONSES: ['endpoint-time'],
  WHY_SLOW_REGION: ['slow-region'],
  WHY_FAILING_ENDPOINT: ['endpoint-failures'],
  WHY_GROWTH: ['failures-rising'],
  WHY_CONNECT: ['time-before-sending', 'no-connection-reuse'],
  WHY_BLOCKED: ['time-before-sending'],
  WHY_ONE_STATUS: ['failures-from-start'],
  WHY_EVERYTHING_FAILS: ['failures-from-start'],
}

/** The findings of a diagnosis that no cause has said already, in their order. */
export function furtherFindings(
  diagnosis: readonly Diagnosis[],
  causes: readonly Pick<Cause, 'code'>[],
): Diagnosis[] {
  const said = new Set(causes.flatMap(({ code }) => SAID[code] ?? []))
  return diagnosis.filter(({ id }) => !said.has(id))
}
