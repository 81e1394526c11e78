import type { Scenario } from 'k6/options'
import { parseDuration } from '../../lib/duration.ts'

interface Stage {
  duration: string
  target: number
}

/** What of k6's scenario objects says how much load there is to be. */
interface Staged {
  vus?: number
  startVUs?: number
  startRate?: number
  timeUnit?: string
  stages?: Stage[]
}

/**
 * Users, or iterations per second in the open model, that k6's scenarios plan at a moment: each stage is
 * a straight line from where the last one ended.
 *
 * @param elapsedSeconds since the start of the load
 */
export function plannedLoad(
  scenarios: Readonly<Record<string, Scenario>>,
  elapsedSeconds: number,
): number {
  return Object.values(scenarios).reduce(
    (sum, scenario) => sum + plannedOf(scenario as Staged, elapsedSeconds),
    0,
  )
}

function plannedOf({ vus, startVUs, startRate, timeUnit, stages }: Staged, seconds: number) {
  const start = startVUs ?? startRate
  if (start === undefined || !stages) return vus ?? 0
  const value = valueAt(start, stages, seconds)
  return startRate === undefined ? value : value / parseDuration(timeUnit ?? '1s')
}

function valueAt(start: number, stages: readonly Stage[], seconds: number): number {
  let from = start
  let begin = 0
  for (const { duration, target } of stages) {
    const length = parseDuration(duration)
    if (seconds < begin + length) return from + ((target - from) * (seconds - begin)) / length
    begin += length
    from = target
  }
  return from
}
