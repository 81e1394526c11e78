// The virtual-user loop: choose an operation, tag it, run it, count what goes wrong, think.
import exec from 'k6/execution'
import { countFailure } from './count-failure.ts'
import { baseUrl, zoneRegion } from './env.ts'
import { tagPhase } from './iteration-tags.ts'
import { createMix } from './mix.ts'
import { pauseOf, sleepWithin } from './pause.ts'
import type { RunPlan } from './plan.ts'
import { createRandom, mixSeed, type Random } from './random.ts'
import { createSend, type Session } from './session.ts'
import { segmentLabel } from './stream-labels.ts'
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
  /** Users of the run that are numbered before these. @default 0 */
  usersBefore?: number
}

/** Baked in by the bundler: whether the samples of this run leave the machine. */
declare const IS_STREAMED: boolean

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
  const { operations, thinkTime, segmentClaim } = workload
  const partCount = plan.parts.length
  const paced = plan.model === 'closed'
  const operationAt = operationChooser(settings)
  const labelSegment =
    IS_STREAMED && segmentClaim !== undefined ? segmentLabel(segmentClaim) : undefined
  let random: Random | undefined
  // One object for all iterations of the VU, and random numbers only where an iteration draws some.
  const data: IterationData = {
    index: 0,
    seed,
    random: () => (random ??= createRandom(mixSeed(seed, data.index)))(),
  }
  const pause = paced ? pauseOf(workload, data) : undefined
  // One VU runs in one JavaScript runtime, so these are the VU's own.
  let activation: unknown
  let place: Place | undefined
  let phaseEndMs = 0
  let tagged = ''

  return (setupData) => {
    let startedAtMs = Date.now()
    let isNew = false
    // k6 makes a new __ENV when it activates a VU: for its first scenario, after a rest, and when
    // another scenario takes it over, perhaps with another target. It forgets the VU's tags then.
    if (!place || activation !== __ENV) {
      activation = __ENV
      phaseEndMs = 0
      tagged = ''
      isNew = place?.scenario !== exec.scenario.name
      if (isNew || !place) place = placeOf(settings, setupData)
      if (isNew && exec.scenario.iterationInInstance === 0) announceStart(place)
    }
    data.index = place.iteration() * partCount + place.partIndex
    random = undefined
    // Users that all begin in the same instant are a burst that nobody planned.
    if (isNew && paced) {
      sleepWithin(place.endMs, data.random() * thinkSeconds(thinkTime, data.random))
      startedAtMs = Date.now()
      // The plan was over before this user's first turn.
      if (startedAtMs > place.endMs) return
    }
    const operation = place.operation ?? operationAt(data.index)
    const elapsedMs = startedAtMs - place.startTimeMs
    if (elapsedMs >= phaseEndMs) phaseEndMs = tagPhase(place.tags, plan, elapsedMs)
    // Each tag costs as much as a check, so only those are set that changed.
    if (operation !== tagged) place.tags['operation'] = tagged = operation
    try {
      if (IS_STREAMED) labelSegment?.(place.session)
      const run = operations[operation]?.run(place.session, data)
      if (run) return settled(run, operation, pause?.bind(null, startedAtMs, place.endMs))
    } catch (error) {
      countFailure(operation, error)
    }
    pause?.(startedAtMs, place.endMs)
  }
}

// Apart from the iteration: variables that an inner function uses cost every iteration an object.
const settled = (run: Promise<void>, operation: string, pause?: () => void): Promise<void> => {
  return run.catch((error: unknown) => countFailure(operation, error)).then(pause)
}

/** Where a VU works: its k6 scenario's part of the test, as a user of its own. */
interface Place {
  scenario: string
  startTimeMs: number
  endMs: number
  operation: string | undefined
  partIndex: number
  session: Session
  tags: Record<string, unknown>
  /** Its number in the whole test. */
  iteration: () => number
}

const placeOf = (
  { workload, plan, usersBefore = 0 }: VirtualUserSettings,
  setupData: SetupData,
): Place => {
  // k6 builds both anew at each access. Of the scenario only this getter is kept: each of its six
  // properties has a function that costs the VU 1 KB.
  const { scenario, vu } = exec
  const { name, startTime } = scenario
  const counter = Object.getOwnPropertyDescriptor(scenario, 'iterationInTest') as Counter
  let partIndex = plan.parts.length - 1
  while (partIndex > 0 && plan.parts[partIndex]?.name !== name) partIndex--
  const { regions, region = regions && zoneRegion(), operation } = plan.parts[partIndex] ?? {}
  const target = baseUrl(region)
  const user = usersBefore + vu.idInTest
  const auth = workload.auth.authenticator(createSend(target), user, setupData[target] ?? [])
  return {
    scenario: name,
    startTimeMs: startTime,
    endMs: startTime + plan.durationSeconds * 1_000,
    operation,
    partIndex,
    session: { user, target, auth, send: createSend(target, auth) },
    tags: vu.metrics.tags,
    iteration: counter.get,
  }
}

interface Counter {
  get: () => number
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

// The phases' absolute times: Node knows when k6 was started, only k6 knows when setup() was done. Each
// instance says it, so that it is known how far apart they began.
const announceStart = ({ scenario, startTimeMs }: Place): void => {
  console.info(`${START_MESSAGE} ${scenario} ${startTimeMs}`)
}
