// The virtual-user loop: choose an operation, tag it, run it, count what goes wrong, think.
import exec from 'k6/execution'
import { countFailure } from './count-failure.ts'
import { tagPhase } from './iteration-tags.ts'
import { createMix } from './mix.ts'
import { pauseOf, sleepWithin } from './pause.ts'
import { type Place, placeOf, type SetupData } from './place.ts'
import type { UserPlan } from './plan.ts'
import { createRandom, mixSeed, type Random } from './random.ts'
import { now } from './session.ts'
import { segmentLabel } from './stream-labels.ts'
import { thinkSeconds } from './think-time.ts'
import type { IterationData, Operation, Workload } from './workload.ts'

export interface VirtualUserSettings {
  plan: UserPlan
  workload: Workload
  seed: number
  /** Users of the run that are numbered before these. @default 0 */
  usersBefore?: number
}

/** Baked in by the bundler: whether the samples of this run leave the machine. */
declare const IS_STREAMED: boolean

/**
 * What k6 calls again and again: one iteration of one virtual user. It is a promise only where the
 * operation's is, as most need none and a promise costs. With many users in turn everything that an
 * iteration touches is cold, so it is one flat function over few objects.
 */
export const virtualUser = (
  settings: VirtualUserSettings,
): ((data: SetupData) => void | Promise<void>) => {
  const { workload, seed, plan, usersBefore = 0 } = settings
  const { operations, thinkTime, segmentClaim } = workload
  const partCount = plan.parts.length
  const labelSegment =
    IS_STREAMED && segmentClaim !== undefined ? segmentLabel(segmentClaim) : undefined
  const data = iterationData(seed)
  const pause = plan.model === 'closed' ? pauseOf(workload, data) : undefined
  // One VU runs in one JavaScript runtime, so these are the VU's own.
  let activation: unknown
  let place: Place | undefined
  let phaseEndMs = 0
  let operationAt: ((index: number) => string) | undefined
  let tagged = ''
  let run: Operation['run'] | undefined

  return (setupData) => {
    let startedAtMs = now()
    let isNew = false
    // k6 makes a new __ENV when it activates a VU: for its first scenario, after a rest, and when
    // another scenario takes it over, perhaps with another target. It forgets the VU's tags then.
    if (!place || activation !== __ENV) {
      activation = __ENV
      phaseEndMs = 0
      tagged = ''
      isNew = place?.scenario !== exec.scenario.name
      if (isNew || !place) place = placeOf({ workload, plan, usersBefore, setupData })
      if (isNew && exec.scenario.iterationInInstance === 0) announceStart(place)
    }
    data.index = place.iterationInTest() * partCount + place.partIndex
    // Users that all begin in the same instant are a burst that nobody planned.
    if (isNew && pause) {
      sleepWithin(place.endMs, data.random() * thinkSeconds(thinkTime, data.random))
      startedAtMs = now()
      // The plan was over before this user's first turn.
      if (startedAtMs > place.endMs) return
    }
    const operation = place.operation ?? (operationAt ??= operationChooser(settings))(data.index)
    const elapsedMs = startedAtMs - place.startTimeMs
    if (elapsedMs >= phaseEndMs) phaseEndMs = tagPhase(place.tags, plan, elapsedMs)
    try {
      // Each tag costs as much as a check, so only those are set that changed.
      if (operation !== tagged) {
        place.tags['operation'] = tagged = operation
        run = operations[operation]?.run
      }
      if (IS_STREAMED) labelSegment?.(place.session)
      const running = run?.(place.session, data)
      if (running) return settled(running, operation, pause?.bind(null, startedAtMs, place.endMs))
    } catch (error) {
      countFailure(operation, error)
    }
    pause?.(startedAtMs, place.endMs)
  }
}

// One object for all iterations of the VU, and random numbers only where an iteration draws some.
const iterationData = (seed: number): IterationData => {
  let random: Random | undefined
  let seededFor = -1
  const data = {
    index: 0,
    seed,
    random: () => {
      if (!random || seededFor !== data.index) {
        seededFor = data.index
        random = createRandom(mixSeed(seed, data.index))
      }
      return random()
    },
  }
  return data
}

// Apart from the iteration: variables that an inner function uses cost every iteration an object.
const settled = (run: Promise<void>, operation: string, pause?: () => void): Promise<void> => {
  return run.catch((error: unknown) => countFailure(operation, error)).then(pause)
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
