// Pure: read by k6 and by Node.
import { formatDuration, parseDuration } from './duration.ts'
import type { LoadShape, Step } from './load-shapes.ts'
import type { Phase } from './plan.ts'
import type { RunSettings } from './run-settings.ts'

/** A wrong number for this scenario: the user's to mend, not the script's. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

/** Highest users or rate of the shape. */
export function peakTarget(shape: LoadShape): number {
  return Math.max(shape.start, ...shape.steps.map(({ target }) => target))
}

/**
 * The shape with `--users`, `--rate`, `--duration` and `--time-scale` applied.
 *
 * @throws SettingsError when a number does not fit the shape's model
 */
export function applySettings(shape: LoadShape, settings: RunSettings): LoadShape {
  if (shape.model === 'once') return refuseNumbers(shape, settings)
  const factor = targetFactor(shape, settings)
  const scaleTarget = (target: number): number =>
    target === 0 ? 0 : Math.max(1, Math.round(target * factor))
  const peak = peakTarget(shape)
  const steps = shape.steps.map((step, index) => {
    const from = shape.steps[index - 1]?.target ?? shape.start
    const atFullLoad = from === peak && step.target === peak
    return {
      ...step,
      target: scaleTarget(step.target),
      duration: scaleDuration(step, settings, atFullLoad),
    }
  })
  return { ...shape, start: scaleTarget(shape.start), steps }
}

/** Steps laid end to end; neighbours of the same name become one phase. */
export function phasesOf(shape: LoadShape): Phase[] {
  const phases: Phase[] = []
  let now = 0
  for (const { phase: name, duration, target } of shape.steps) {
    const startSeconds = now
    now += parseDuration(duration)
    const last = phases.at(-1)
    if (last?.name === name) Object.assign(last, { endSeconds: now, target })
    else if (now > startSeconds) phases.push({ name, startSeconds, endSeconds: now, target })
  }
  return phases
}

/** Name of the phase at a time; before the first it is the first, after the last the last. */
export function phaseAt(phases: readonly Phase[], seconds: number): string {
  const phase = phases.find(({ endSeconds }) => seconds < endSeconds) ?? phases.at(-1)
  return phase?.name ?? 'hold'
}

function targetFactor(shape: LoadShape, { users, ratePerSecond }: RunSettings): number {
  if (users !== undefined && shape.model === 'open') {
    throw new SettingsError(
      'Expected --rate for this scenario, got --users: its load is a rate (open model)',
    )
  }
  if (ratePerSecond !== undefined && shape.model === 'closed') {
    throw new SettingsError(
      'Expected --users for this scenario, got --rate: its load is users (closed model)',
    )
  }
  return (users ?? ratePerSecond ?? peakTarget(shape)) / peakTarget(shape)
}

// One pass has nothing to shrink: the time scale leaves it alone, any other number is a mistake.
function refuseNumbers(shape: LoadShape, settings: RunSettings): LoadShape {
  const { users, ratePerSecond, duration } = settings
  const given = users ?? ratePerSecond ?? duration
  if (given === undefined) return shape
  throw new SettingsError(
    `Expected no --users, --rate or --duration for this scenario, got ${given}: ` +
      'one user runs every operation once',
  )
}

function scaleDuration(step: Step, settings: RunSettings, atFullLoad: boolean): string {
  if (atFullLoad && settings.duration !== undefined) return settings.duration
  return formatDuration(parseDuration(step.duration) * settings.timeScale)
}
