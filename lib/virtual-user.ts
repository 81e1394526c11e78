// The virtual-user loop: choose an operation, tag it, run it, count what goes wrong, think.
import { countFailure } from './count-failure.ts'
import { tagPhase } from './iteration-tags.ts'
import { createMix } from './mix.ts'
import { pauseOf } from './pause.ts'
import { exec, type Place, placeOf, type SetupData } from './place.ts'
import { mixSeed, numberOf, STRIDE } from './random.ts'
import { now, type Session } from './session.ts'
import { segmentLabel } from './stream-labels.ts'
import type { UserPlan } from './user-plan.ts'
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
 * iteration touches is cold, so it is one flat function over variables, and over few objects.
 */
export const virtualUser = (
  settings: VirtualUserSettings,
): ((data: SetupData) => void | Promise<void>) => {
  const { workload, seed, plan, usersBefore = 0 } = settings
  const { operations, segmentClaim } = workload
  const partCount = plan.partNames?.length ?? 1
  const labelSegment = IS_STREAMED && segmentClaim ? segmentLabel(segmentClaim) : undefined
  const data = iterationData(seed)
  const pause = plan.model === 'closed' ? pauseOf(workload, data) : undefined
  // One VU runs in one JavaScript runtime, so these are the VU's own; a Place taken apart. They lie in memory
  // in this order, first what each iteration asks for.
  let activation: unknown
  let iterationInTest!: Place['iterationInTest']
  let partIndex = 0
  /** The operation of a user that has one only. */
  let single: string | undefined
  let phaseEndMs = 0
  let tagged = ''
  let run: Operation['run'] | undefined
  let session!: Session
  let operationAt!: (index: number) => string
  let endMs = 0
  let startTimeMs = 0
  let scenario: string | undefined
  let zone: string | undefined
  let tags!: Place['tags']

  return (setupData) => {
    let startedAtMs = now()
    let isNew = false
    // k6 makes a new __ENV when it activates a VU: for its first scenario, after a rest, and when
    // another scenario takes it over, perhaps with another target. It forgets the VU's tags then.
    if (activation !== __ENV) {
      activation = __ENV
      phaseEndMs = 0
      tagged = ''
      isNew = scenario !== exec.scenario.name
      if (isNew) {
        const place = placeOf({ workload, plan, usersBefore, setupData })
        ;({ scenario, startTimeMs, endMs, partIndex, single, tags } = place)
        ;({ session, iterationInTest, zone } = place)
        if (single === undefined) operationAt = chooser({ workload, plan, seed })
      }
    }
    data.index = iterationInTest() * partCount + partIndex
    // Users that all begin in the same instant are a burst that nobody planned.
    if (isNew && pause) {
      pause(startedAtMs, endMs, data.random())
      // The plan was over before this user's first turn.
      if ((startedAtMs = now()) > endMs) return
    }
    const operation = single ?? operationAt(data.index)
    if (startedAtMs >= phaseEndMs)
      phaseEndMs = tagPhase({ tags, startTimeMs, zone }, plan, startedAtMs)
    try {
      // Each tag costs as much as a check, so only those are set that changed.
      if (operation !== tagged) {
        tags['operation'] = tagged = operation
        run = operations[operation]?.run
      }
      if (IS_STREAMED) labelSegment?.(session)
      const running = run?.(session, data)
      if (running) return settled(running, operation, pause?.bind(null, startedAtMs, endMs))
    } catch (error) {
      countFailure(operation, error)
    }
    pause?.(startedAtMs, endMs)
  }
}

// One object for all iterations of the VU, and random numbers only where an iteration draws some.
const iterationData = (seed: number): IterationData => {
  let seededFor = -1
  let state = 0
  const data = {
    index: 0,
    seed,
    random: () => {
      if (seededFor !== data.index) {
        seededFor = data.index
        state = mixSeed(seed, seededFor)
      }
      state = (state + STRIDE) | 0
      return numberOf(state)
    },
  }
  return data
}

// Apart from the iteration: variables that an inner function uses cost every iteration an object.
const settled = (run: Promise<void>, operation: string, pause?: () => void): Promise<void> => {
  return run.catch((error: unknown) => countFailure(operation, error)).then(pause)
}

const chooser = ({
  workload,
  plan,
  seed,
}: Pick<VirtualUserSettings, 'workload' | 'plan' | 'seed'>): ((index: number) => string) => {
  const { operations } = workload
  if (plan.model !== 'once') return createMix(operations, seed)
  const names = Object.keys(operations)
  return (index) => names[index % names.length] ?? ''
}
