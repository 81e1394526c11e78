// The virtual-user loop: choose an operation, tag it, run it, count what goes wrong, think.
import { sleep } from 'k6'
import exec from 'k6/execution'
import { AuthError } from './auth-setup.ts'
import type { BuiltPlan } from './build-plan.ts'
import { baseUrl } from './env.ts'
import { logFirstErrors } from './first-errors.ts'
import type { Part } from './k6-scenarios.ts'
import { authFailures, scriptExceptions } from './metrics.ts'
import { operationAt } from './mix.ts'
import { phaseAt } from './phases.ts'
import { JUDGED_TAG, UNJUDGED_PHASES } from './plan.ts'
import { createRandom, mixSeed, type Random } from './random.ts'
import { createSend, createSession, type Session } from './session.ts'
import type { Workload } from './workload.ts'

export interface VirtualUserSettings extends Pick<BuiltPlan, 'plan' | 'parts'> {
  workload: Workload
  seed: number
}

/** What k6 calls again and again: one iteration of one virtual user. */
export function virtualUser({ workload, plan, parts, seed }: VirtualUserSettings): () => void {
  // One VU runs in one JavaScript runtime, so this is the VU's own session.
  let session: Session | undefined
  const paced = plan.model === 'closed'

  return () => {
    const part = currentPart(parts)
    const iteration = exec.scenario.iterationInTest
    const index = iteration * parts.length + parts.indexOf(part)
    const random = createRandom(mixSeed(seed, index))
    if (iteration === 0) announceStart()

    // Users that all begin in the same instant are a burst that nobody planned.
    if (!session && paced) think(workload, random, random())
    session ??= openSession(workload, part)

    const name = part.operation ?? chooseOperation({ workload, plan, seed }, index)
    tagIteration(plan, name)
    try {
      workload.operations[name]?.run(session, { index, seed, random })
    } catch (error) {
      countFailure(error)
      logFirstErrors(`${name}: ${told(error)}`)
    }
    if (paced) think(workload, random, 1)
  }
}

/** First words of the log line that gives the absolute start of a k6 scenario. */
export const START_MESSAGE = 'k6-verdict start'

// The phases' absolute times: Node knows when k6 was started, only k6 knows when setup() was done.
function announceStart(): void {
  console.info(`${START_MESSAGE} ${exec.scenario.name} ${exec.scenario.startTime}`)
}

function chooseOperation(
  { workload, plan, seed }: Omit<VirtualUserSettings, 'parts'>,
  index: number,
): string {
  if (plan.model !== 'once') return operationAt(workload.operations, index, seed)
  return plan.operations[index % plan.operations.length] ?? ''
}

function currentPart(parts: readonly Part[]): Part {
  const part = parts.find(({ name }) => name === exec.scenario.name) ?? parts[0]
  if (!part) throw new Error(`Expected a plan for the k6 scenario "${exec.scenario.name}"`)
  return part
}

function openSession(workload: Workload, part: Part): Session {
  const user = exec.vu.idInTest
  const send = createSend(baseUrl(part.region))
  return createSession(user, send, workload.auth(send, user))
}

// Tags of the VU are on every sample of the iteration, its requests, checks and custom metrics.
function tagIteration({ phases }: VirtualUserSettings['plan'], operation: string): void {
  const phase = phaseAt(phases, (Date.now() - exec.scenario.startTime) / 1_000)
  const { tags } = exec.vu.metrics
  tags['phase'] = phase
  tags['operation'] = operation
  tags[JUDGED_TAG] = UNJUDGED_PHASES.includes(phase) ? 'no' : 'yes'
}

function think({ thinkTime }: Workload, random: Random, share: number): void {
  const { minSeconds, maxSeconds } = thinkTime
  sleep(share * (minSeconds + random() * (maxSeconds - minSeconds)))
}

function countFailure(error: unknown): void {
  if (error instanceof AuthError) authFailures.add(1)
  else scriptExceptions.add(1)
}

function told(error: unknown): string {
  if (error instanceof AuthError) return error.message
  return `script exception: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
