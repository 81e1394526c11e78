// Where a virtual user works: its k6 scenario's part of the test, as a user of its own.
import exec from 'k6/execution'
import { zoneRegion } from './env.ts'
import { createSend, type Session } from './session.ts'
import type { Tokens } from './tokens.ts'
import type { UserPlan } from './user-plan.ts'
import type { Workload } from './workload.ts'

/** Of k6: what is imported in two files is there twice in each user. */
export { exec }

/** What setup() hands to every VU, so that a thousand of them need not find it out. */
export interface SetupData {
  /** Base URL of the API by region; '' where there is none. */
  targets: Record<string, string>
  /** The tokens of setup()'s log-ins, by target; missing where there are none. */
  tokens?: Record<string, Tokens[]>
}

export interface Place {
  /** Name of the k6 scenario. */
  scenario: string
  startTimeMs: number
  endMs: number
  partIndex: number
  /** The load zone whose users these are, in the cloud; elsewhere the k6 scenario has its region as a tag. */
  zone: string | undefined
  /** The only operation of its users; undefined where they have several. */
  single: string | undefined
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
  if (scenario.iterationInInstance === 0) announceStart(name, startTime)
  const counter = Object.getOwnPropertyDescriptor(scenario, 'iterationInTest') as Counter
  const { partNames = [], partsAre } = plan
  // The first method of a list costs the VU 4 KB.
  let partIndex = partNames.length - 1
  while (partIndex > 0 && partNames[partIndex] !== name) partIndex--
  const { targets, tokens } = setupData
  const region =
    partsAre === 'regions' ? name : partsAre === 'load-zones' ? zoneRegion() : undefined
  const target = targets[region ?? ''] ?? targets[''] ?? ''
  const user = usersBefore + vu.idInTest
  const timeoutMs = plan.requestTimeoutSeconds * 1_000
  const sendAsNobody = createSend(target, undefined, timeoutMs)
  const auth = workload.auth.authenticator(sendAsNobody, user, tokens?.[target] ?? [])
  const operations = Object.keys(workload.operations)
  return {
    scenario: name,
    startTimeMs: startTime,
    endMs: startTime + plan.durationSeconds * 1_000,
    partIndex: partIndex < 0 ? 0 : partIndex,
    single: partsAre === 'operations' ? name : operations[1] ? undefined : operations[0],
    zone: partsAre === 'load-zones' ? region : undefined,
    session: { user, target, auth, send: createSend(target, auth, timeoutMs) },
    tags: vu.metrics.tags,
    iterationInTest: counter.get,
  }
}

interface Counter {
  get: () => number
}

/** First words of the log line that gives the absolute start of a k6 scenario. */
export const START_MESSAGE = 'k6-verdict start'

// The phases' absolute times: Node knows when k6 was started, only k6 knows when setup() was done. Each
// instance says it, so that it is known how far apart they began.
const announceStart = (scenario: string, startTimeMs: number): void => {
  console.info(`${START_MESSAGE} ${scenario} ${startTimeMs}`)
}
