import { phaseAt } from '../../lib/phases.ts'
import type { RunPlan } from '../../lib/plan.ts'
import type { Progress } from '../k6/progress.ts'

/** Turns k6's progress into lines such as `0:34 of 1:28  spike-2  1000 users  985 iterations/s`. */
export function liveLine(plan: RunPlan): (now: Progress) => string {
  let before: Progress = { elapsedSeconds: 0, vus: 0, iterations: 0 }
  return (now) => {
    const seconds = now.elapsedSeconds - before.elapsedSeconds
    const rate = seconds > 0 ? Math.round((now.iterations - before.iterations) / seconds) : 0
    before = now
    const time = `${clock(now.elapsedSeconds)} of ${clock(plan.durationSeconds)}`
    const { name: phase } = phaseAt(plan.phases, now.elapsedSeconds)
    return `  ${time}  ${phase}  ${now.vus} users  ${rate} iterations/s`
  }
}

function clock(seconds: number): string {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
