// The virtual-user loop: choose an operation, tag it, run it, count what goes wrong, think.
import { sleep } from 'k6'
import exec from 'k6/execution'
import type { BuiltPlan } from './build-plan.ts'
import { countFailure } from './count-failure.ts'
import { baseUrl } from './env.ts'
import type { Part } from './k6-scenarios.ts'
import { operationAt } from './mix.ts'
import { phaseAt } from './phases.ts'
import { JUDGED_TAG, type RunPlan, UNJUDGED_PHASES } from './plan.ts'
import { createRandom, mixSeed, type Random } from './random.ts'
import { createSend, createSession, type Session } from './session.ts'
import { thinkSeconds } from './think-time.ts'
import type { Tokens } from './tokens.ts'
import type { Workload } from './workload.ts'

export interface VirtualUserSettings extends Pick<BuiltPlan, 'plan' | 'parts'> {
  workload: Workload
  seed: number
}

/** What setup() hands to every VU: the tokens of its log-ins, by target. */
export type SetupData = Record<string, Tokens[]>

/**
 * What k6 calls again and again: one iteration of one virtual user. It is a promise only where the
 * operation's is, as most need none and a promise costs.
 */
export function virtualUser(
  settings: VirtualUserSettings,
): (data: SetupData) => void | Promise<void> {
  const { workload, plan, parts, seed } = settings
  const paced = plan.model === 'closed'
  // One VU runs in one JavaScript runtime, so these are the VU's own. Another k6 scenario may take
  // the VU over later, with another target.
  let session: Session | undefined
  let scenarioName = ''
  let part: Part | undefined

  return (data) => {
    const startedAtMs = Date.now()
    const scenario = exec.scenario
    const isNew = scenario.name !== scenarioName
    if (isNew) {
      scenarioName = scenario.name
      part = parts.find(({ name }) => name === scenarioName) ?? parts[0]
    }
    if (!part) throw new Error(`Expected a plan for the k6 scenario "${scenarioName}"`)
    const iteration = scenario.iterationInTest
    const index = iteration * parts.length + parts.indexOf(part)
    const random = createRandom(mixSeed(seed, index))
    if (iteration === 0) announceStart(scenarioName, scenario.startTime)

    // Users that all begin in the same instant are a burst that nobody planned.
    if (isNew && paced) sleep(random() * thinkSeconds(workload.thinkTime, random))
    if (isNew || !session) session = openSession(workload, part, data)

    const operation = part.operation ?? chooseOperation(settings, index)
    tagIteration(plan, operation, (Date.now() - scenario.startTime) / 1_000)
    const end = (): void => {
      if (paced) pause(workload, random, startedAtMs)
    }
    try {
      const run = workload.operations[operation]?.run(session, { index, seed, random })
      if (run) return run.catch((error: unknown) => countFailure(operation, error)).then(end)
    } catch (error) {
      countFailure(operation, error)
    }
    end()
  }
}

/** First words of the log line that gives the absolute start of a k6 scenario. */
export const START_MESSAGE = 'k6-verdict start'

// The phases' absolute times: Node knows when k6 was started, only k6 knows when setup() was done.
function announceStart(scenario: string, startTimeMs: number): void {
  console.info(`${START_MESSAGE} ${scenario} ${startTimeMs}`)
}

function chooseOperation({ workload, plan, seed }: VirtualUserSettings, index: number): string {
  if (plan.model !== 'once') return operationAt(workload.operations, index, seed)
  return plan.operations[index % plan.operations.length] ?? ''
}

function openSession({ auth }: Workload, { region }: Part, data: SetupData): Session {
  const user = exec.vu.idInTest
  const target = baseUrl(region)
  const send = createSend(target)
  return createSession(user, send, auth.authenticator(send, user, data[target] ?? []))
}

// Tags of the VU are on every sample of the iteration, its requests, checks and custom metrics.
function tagIteration({ phases }: RunPlan, operation: string, elapsedSeconds: number): void {
  const phase = phaseAt(phases, elapsedSeconds)
  const { tags } = exec.vu.metrics
  tags['phase'] = phase
  tags['operation'] = operation
  tags[JUDGED_TAG] = UNJUDGED_PHASES.includes(phase) ? 'no' : 'yes'
}

function pause({ thinkTime, iterationSecondsMin = 0 }: Workload, random: Random, startMs: number) {
  const elapsedSeconds = (Date.now() - startMs) / 1_000
  const seconds = Math.max(thinkSeconds(thinkTime, random), iterationSecondsMin - elapsedSeconds)
  if (seconds > 0) sleep(seconds)
}
