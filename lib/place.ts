// Where a virtual user works: its k6 scenario's part of the test, as a user of its own.
import exec from 'k6/execution'
import { baseUrl, zoneRegion } from './env.ts'
import type { UserPlan } from './plan.ts'
import { createSend, type Session } from './session.ts'
import type { Tokens } from './tokens.ts'
import type { Workload } from './workload.ts'

/** What setup() hands to every VU: the tokens of its log-ins, by target. */
export type SetupData = Record<string, Tokens[]>

export interface Place {
  /** Name of the k6 scenario. */
  scenario: string
  startTimeMs: number
  endMs: number
  partIndex: number
  /** The only operation of its users; undefined where they have several. */
  operation: string | undefined
  session: Session
  /** Of the VU: they are on every sample. */
  tags: Record<string, unknown>
  /** Number of the iteration in the whole test. */
  iterationInTest: () => number
}

interface Placing {
  workload: Workload
  plan: UserPlan
  /** Users of the run that are numbered before these. */
  usersBefore: number
  setupData: SetupData
}

/** The place of this VU in the k6 scenario that it runs now. */
export const placeOf = ({ workload, plan, usersBefore, setupData }: Placing): Place => {
  // k6 builds both anew at each access. Of the scenario only this getter is kept: each of its six
  // properties has a function that costs the VU 1 KB.
  const { scenario, vu } = exec
  const { name, startTime } = scenario
  const counter = Object.getOwnPropertyDescriptor(scenario, 'iterationInTest') as Counter
  let partIndex = plan.parts.length - 1
  while (partIndex > 0 && plan.parts[partIndex]?.name !== name) partIndex--
  const part = plan.parts[partIndex]
  const target = baseUrl(part?.region ?? (part?.regions && zoneRegion()))
  const user = usersBefore + vu.idInTest
  const auth = workload.auth.authenticator(createSend(target), user, setupData[target] ?? [])
  const single = plan.operations.length === 1 ? plan.operations[0] : undefined
  return {
    scenario: name,
    startTimeMs: startTime,
    endMs: startTime + plan.durationSeconds * 1_000,
    partIndex,
    operation: part?.operation ?? single,
    session: { user, target, auth, send: createSend(target, auth) },
    tags: vu.metrics.tags,
    iterationInTest: counter.get,
  }
}

interface Counter {
  get: () => number
}
