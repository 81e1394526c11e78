// Pure: read by k6 and by Node.
import { formatDuration, parseDuration } from './duration.ts'
import type { LoadShape, Step } from './load-shapes.ts'
import type { Phase } from './plan.ts'
import type { RunSettings } from './run-settings.ts'

/** A wrong number for this scenario: the user's to fix, not the script's. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

/** Highest users or rate of the shape. */
export const peakTarget = (shape: LoadShape): number => {
  return Math.max(shape.start, ...shape.steps.map(({ target }) => target))
}

/**
 * The shape with `--users`, `--rate`, `--from-rate`, `--duration` and `--time-scale` applied.
 *
 * @throws SettingsError when a number does not fit the shape's model
 */
export const applySettings = (shape: LoadShape, settings: RunSettings): LoadShape => {
  if (shape.model === 'once') return countedShape(shape, settings)
  const model = settings.model ?? shape.model
  const peak = peakTarget(shape)
  const scaleTarget = targetScale(shape, settings)
  const steps = shape.steps.map((step, index) => {
    const from = shape.steps[index - 1]?.target ?? shape.start
    const atFullLoad = from === peak && step.target === peak
    return {
      ...step,
      target: scaleTarget(step.target),
      duration: scaleDuration(step, settings, atFullLoad),
    }
  })
  const { poolUsers } = settings
  return {
    ...shape,
    model,
    start: scaleTarget(shape.start),
    steps,
    ...(poolUsers && { poolUsers }),
  }
}

/** Steps laid end to end; neighbours of the same name become one phase. A step of no length is a jump. */
export const phasesOf = (shape: LoadShape): Phase[] => {
  const phases: Phase[] = []
  let seconds = 0
  let isJump = false
  let before = shape.start
  for (const { phase: name, duration, target } of shape.steps) {
    const startSeconds = seconds
    seconds += parseDuration(duration)
    const isLonger = seconds > startSeconds
    let last = phases.at(-1)
    const isSame = last?.name === name
    if (isLonger && !isSame)
      phases.push((last = { name, startSeconds, endSeconds: seconds, target }))
    if (last && isLonger) {
      const via = [...(isSame ? [last.target] : []), ...(isJump ? [before] : [])]
      if (via.length > 0) {
        last.via = [
          ...(last.via ?? []),
          ...via.map((each) => ({ seconds: startSeconds, target: each })),
        ]
      }
      Object.assign(last, { endSeconds: seconds, target })
    }
    isJump = !isLonger
    before = target
  }
  return phases
}

type NamedSpan = Pick<Phase, 'name' | 'endSeconds'>

/** The phase at a time; before the first it is the first, after the last the last. */
export const phaseAt = (phases: readonly NamedSpan[], seconds: number): NamedSpan => {
  let i = 0
  while (i < phases.length - 1 && seconds >= (phases[i]?.endSeconds ?? 0)) i++
  return phases[i] ?? { name: 'hold', endSeconds: Infinity }
}

// What becomes of a load of the shape: in proportion to the peak, or between two given rates.
const targetScale = (shape: LoadShape, settings: RunSettings): ((target: number) => number) => {
  const { start } = shape
  const peak = peakTarget(shape)
  const top = peak * targetFactor(shape, settings)
  const from = settings.fromRatePerSecond
  if (from === undefined) {
    return (target) => (target === 0 ? 0 : Math.max(1, Math.round((target * top) / peak)))
  }
  const isRising = start > 0 && start < peak && shape.steps.every(({ target }) => target >= start)
  if (!isRising || from >= top) {
    throw new SettingsError(
      `Expected --from-rate with a higher --rate, for a rate that rises in steps (breakpoint), got ${from}`,
    )
  }
  return (target) => Math.round(from + ((target - start) / (peak - start)) * (top - from))
}

// Users and rates never stand for each other: another model needs a number of its own.
const targetFactor = (shape: LoadShape, settings: RunSettings): number => {
  const model = settings.model ?? shape.model
  const { users, ratePerSecond, poolUsers } = settings
  const [given, other, otherName] =
    model === 'open' ? [ratePerSecond, users, '--users'] : [users, ratePerSecond, '--rate']
  const name = model === 'open' ? '--rate' : '--users'
  if (other !== undefined) {
    const load = model === 'open' ? 'a rate (open model)' : 'users (closed model)'
    const otherModel = model === 'open' ? 'closed' : 'open'
    throw new SettingsError(
      `Expected ${name} for this scenario, got ${otherName}: its load is ${load}; ` +
        `with --model ${otherModel} it takes ${otherName}`,
    )
  }
  if (poolUsers !== undefined && model === 'closed') {
    throw new SettingsError(
      'Expected no --pool-users: only a rate (open model) has a pool of users',
    )
  }
  if (given === undefined && model !== shape.model) {
    throw new SettingsError(
      `Expected ${name} with --model ${model}: this shape only knows the other model's numbers`,
    )
  }
  return (given ?? peakTarget(shape)) / peakTarget(shape)
}

// Counted iterations have no duration: the time scale does not change their latest end, and --duration is refused.
const countedShape = (shape: LoadShape, settings: RunSettings): LoadShape => {
  const { users, ratePerSecond, fromRatePerSecond, duration, model, poolUsers } = settings
  const { iterationsPerUser } = shape
  const isOnePass = iterationsPerUser === undefined
  const other = ratePerSecond ?? fromRatePerSecond ?? duration ?? model ?? poolUsers
  const given = isOnePass ? (users ?? other) : other
  if (given !== undefined) {
    throw new SettingsError(
      `Expected no ${isOnePass ? '--users, ' : ''}--rate, --duration or --model for this scenario, got ${given}: ` +
        (isOnePass
          ? 'one user runs every operation once'
          : `each user makes ${iterationsPerUser} iterations; --users says how many users`),
    )
  }
  if (users === undefined) return shape
  return { ...shape, start: users, steps: shape.steps.map((step) => ({ ...step, target: users })) }
}

const scaleDuration = (step: Step, settings: RunSettings, atFullLoad: boolean): string => {
  if (atFullLoad && settings.duration !== undefined) return settings.duration
  const seconds = parseDuration(step.duration)
  const scaled = formatDuration(seconds * settings.timeScale)
  if (seconds === 0 || scaled !== '0s') return scaled
  throw new SettingsError(
    `Expected --time-scale to leave ${step.phase} (${step.duration}) at least 1 ms, got ${settings.timeScale}`,
  )
}
