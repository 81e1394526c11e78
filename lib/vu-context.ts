// What a VU keeps from one iteration of a k6 scenario to the next.
import exec from 'k6/execution'
import { isStreamed } from './bundled-run.ts'
import { zoneRegion } from './env.ts'
import { iterationData } from './iteration-data.ts'
import { operationChooser } from './mix.ts'
import { createSession, type Session } from './session.ts'
import { segmentLabel } from './stream-labels.ts'
import type { Tokens } from './auth/tokens.ts'
import type { UserPlan } from './user-plan.ts'
import type { IterationData, Workload } from './workload.ts'

/** What setup() hands to every VU, so that a thousand of them need not find it out. */
export interface SetupData {
  /** What VUs need of the plan: none of them has to work it out again. */
  plan: UserPlan
  /** Base URL of the API by region; '' where there is none. */
  targets: Record<string, string>
  /** The tokens of setup()'s log-ins, by target; missing where there are none. */
  tokens?: Record<string, Tokens[]>
  /** What the workload's `setup` returned, by target. */
  data?: Record<string, unknown>
}

/** A workload, and how its VUs are seeded and numbered. */
export interface VirtualUserSettings {
  workload: Workload
  seed: number
  /** Users of the run that are numbered before these. @default 0 */
  usersBefore?: number
}

export interface VuContext {
  /** Name of the k6 scenario that the context was made for: k6 may give a VU to another one later. */
  scenarioName: string
  /** The k6 scenario that runs now. */
  scenario: typeof exec.scenario
  /** Unix time of the end of the plan. */
  endMs: number
  /** Unix time of the start of the iteration. */
  startedAtMs: number
  /** Unix time of the end of the phase that its tags name. */
  phaseEndMs: number
  /** Tags of the VU: they are on each of its samples. */
  tags: Record<string, unknown>
  plan: UserPlan
  /** Which operation the iteration of that number runs. */
  operationAt: (iteration: number) => string
  /** The load zone, in the cloud; elsewhere a region is a tag of its k6 scenario. */
  zone: string | undefined
  /** Which of the plan's parts the k6 scenario is. */
  partIndex: number
  session: Session
  /** Labels the samples of an iteration, in runs that stream. */
  labelSegment: ((session: Session) => void) | undefined
  data: IterationData
}

/** The context of this VU in the k6 scenario that it runs now. */
export const vuContext = (settings: VirtualUserSettings, setupData: SetupData): VuContext => {
  const { workload, seed, usersBefore = 0 } = settings
  const { plan, targets, data = {} } = setupData
  const { parts } = plan
  const { scenario, vu } = exec
  const scenarioName = scenario.name
  if (scenario.iterationInInstance === 0) announceStart(scenario)
  const partIndex = parts.findIndex(({ name }) => name === scenarioName)
  const { operation, region, regions } = parts[partIndex] ?? {}
  const zone = regions && zoneRegion()
  const choose = operationChooser(workload.operations, plan, seed)
  const target = targets[zone ?? region ?? ''] ?? targets[''] ?? ''
  return {
    scenarioName,
    scenario,
    endMs: scenario.startTime + plan.durationSeconds * 1_000,
    startedAtMs: 0,
    phaseEndMs: 0,
    tags: vu.metrics.tags,
    plan,
    operationAt: operation === undefined ? choose : () => operation,
    zone,
    partIndex,
    session: sessionFor(usersBefore + vu.idInTest, workload, { target, setupData }),
    labelSegment: isStreamed ? segmentLabel(workload) : undefined,
    data: iterationData(seed, data[target]),
  }
}

const sessionFor = (
  user: number,
  { auth }: Workload,
  { target, setupData }: { target: string; setupData: SetupData },
): Session => {
  const { plan, tokens = {} } = setupData
  const timeoutMs = plan.requestTimeoutSeconds * 1_000
  return createSession(auth, { target, user, prepared: tokens[target] ?? [], timeoutMs })
}

/** First words of the log line that gives the absolute start of a k6 scenario. */
const START_MESSAGE = 'k6-verdict start'

// The phases' absolute times: Node knows when k6 was started, only k6 knows when setup() was done. Each
// instance logs it, so that it is known how far apart they began.
const announceStart = ({ name, startTime }: typeof exec.scenario): void => {
  console.info(`${START_MESSAGE} ${name} ${startTime}`)
}
