// The virtual-user loop: choose an operation, tag it, run it, count what goes wrong, think.
import { sleep } from 'k6'
import exec from 'k6/execution'
import { countFailure } from './count-failure.ts'
import { baseUrl } from './env.ts'
import { createTagger } from './iteration-tags.ts'
import { createMix } from './mix.ts'
import type { RunPlan } from './plan.ts'
import { createRandom, mixSeed, type Random } from './random.ts'
import { createSend, type Session } from './session.ts'
import { thinkSeconds } from './think-time.ts'
import type { Tokens } from './tokens.ts'
import type { IterationData, Workload } from './workload.ts'

/** What of a plan each user needs. */
export type UserPlan = Pick<
  RunPlan,
  'model' | 'phases' | 'parts' | 'operations' | 'durationSeconds'
>

export interface VirtualUserSettings {
  plan: UserPlan
  workload: Workload
  seed: number
}

/** What setup() hands to every VU: the tokens of its log-ins, by target. */
export type SetupData = Record<string, Tokens[]>

/**
 * What k6 calls again and again: one iteration of one virtual user. It is a promise only where the
 * operation's is, as most need none and a promise costs. With many users in turn everything that an
 * iteration touches is cold, so it is one flat function over few objects.
 */
export const virtualUser = (
  settings: VirtualUserSettings,
): ((data: SetupData) => void | Promise<void>) => {
  const { workload, plan, seed } = settings
  const { operations } = workload
  const partCount = plan.parts.length
  const paced = plan.model === 'closed'
  const operationAt = operationChooser(settings)
  const tagIteration = createTagger(plan)
  let random: Random | undefined
  // One object for all iterations of the VU, and random numbers only where an iteration draws some.
  const data: IterationData = {
    index: 0,
    seed,
    random: () => (random ??= createRandom(mixSeed(seed, data.index)))(),
  }
  // One VU runs in one JavaScript runtime, so these are the VU's own. k6 builds `exec.scenario` anew
  // at each access; its properties stay live.
  let scenario: typeof exec.scenario | undefined
  let place: Place | undefined

  return (setupData) => {
    let startedAtMs = Date.now()
    scenario ??= exec.scenario
    const iteration = scenario.iterationInTest
    if (iteration === 0) announceStart(scenario)
    // Another k6 scenario may take the VU over later, with another target.
    const isNew = !place || (partCount > 1 && place.scenario !== scenario.name)
    if (isNew || !place) place = placeOf(scenario, settings, setupData)

    const { pause } = place
    data.index = iteration * partCount + place.partIndex
    random = undefined
    // Users that all begin in the same instant are a burst that nobody planned.
    if (isNew && paced) {
      sleepWithin(place.endMs, data.random() * thinkSeconds(workload.thinkTime, data.random))
      startedAtMs = Date.now()
      // The plan was over before this user's first turn.
      if (startedAtMs > place.endMs) return
    }
    const operation = place.operation ?? operationAt(data.index)
    tagIteration(operation, startedAtMs - place.startTimeMs)
    try {
      const run = operations[operation]?.run(place.session, data)
      if (run) {
        return run
          .catch((error: unknown) => countFailure(operation, error))
          .then(() => {
            if (paced) pause?.(data.random, startedAtMs)
          })
      }
    } catch (error) {
      countFailure(operation, error)
    }
    if (paced) pause?.(data.random, startedAtMs)
  }
}

/** Where a VU works: its k6 scenario's part of the test, as a user of its own. */
interface Place {
  scenario: string
  startTimeMs: number
  endMs: number
  operation: string | undefined
  partIndex: number
  session: Session
  /** Missing where users never pause. */
  pause: ((random: Random, startedAtMs: number) => void) | undefined
}

const placeOf = (
  { name, startTime }: typeof exec.scenario,
  { workload, plan }: VirtualUserSettings,
  setupData: SetupData,
): Place => {
  const partIndex = Math.max(
    0,
    plan.parts.findIndex((part) => part.name === name),
  )
  const { region, operation } = plan.parts[partIndex] ?? {}
  const target = baseUrl(region)
  const user = exec.vu.idInTest
  const auth = workload.auth.authenticator(createSend(target), user, setupData[target] ?? [])
  const session = { user, target, headers: auth.headers, send: createSend(target, auth) }
  const endMs = startTime + plan.durationSeconds * 1_000
  const pause = pauseUntil(endMs, workload)
  return { scenario: name, startTimeMs: startTime, endMs, operation, partIndex, session, pause }
}

const operationChooser = ({
  workload,
  plan,
  seed,
}: VirtualUserSettings): ((index: number) => string) => {
  const { model, operations } = plan
  if (model === 'once') return (index) => operations[index % operations.length] ?? ''
  return createMix(workload.operations, seed)
}

/** First words of the log line that gives the absolute start of a k6 scenario. */
export const START_MESSAGE = 'k6-verdict start'

// The phases' absolute times: Node knows when k6 was started, only k6 knows when setup() was done.
const announceStart = ({ name, startTime }: typeof exec.scenario): void => {
  console.info(`${START_MESSAGE} ${name} ${startTime}`)
}

const pauseUntil = (endMs: number, { thinkTime, iterationSecondsMin = 0 }: Workload) => {
  const never = 'seconds' in thinkTime && thinkTime.seconds === 0 && iterationSecondsMin === 0
  if (never) return undefined
  return (random: Random, startedAtMs: number): void => {
    const atLeast = iterationSecondsMin - (Date.now() - startedAtMs) / 1_000
    sleepWithin(endMs, Math.max(thinkSeconds(thinkTime, random), atLeast))
  }
}

const END_MARGIN_SECONDS = 0.2

// A pause never outlasts the plan, or a long one would keep the whole run waiting. It ends a moment
// later, when k6 has stopped beginning iterations: or all users would begin one at the very end.
const sleepWithin = (endMs: number, seconds: number): void => {
  const left = Math.max(0, endMs - Date.now()) / 1_000 + END_MARGIN_SECONDS
  if (seconds > 0) sleep(Math.min(seconds, left))
}
