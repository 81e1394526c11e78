// What a sound plan will do, and what could be better about it.
import { number } from '../core/format-measure.ts'
import type { SoundPlan } from './check-plan.ts'
import { performanceAdvice } from './performance-advice.ts'
import type { Advice } from './plan-problem.ts'
import { reliabilityAdvice } from './reliability-advice.ts'
import { secretAdvice } from './reliability-advice.ts'
import { resourceAdvice } from './resource-advice.ts'

/** Lines: each load, then warnings, then suggestions by their kind. */
export function advicePlan(sound: SoundPlan): string[] {
  const { loads, source } = sound
  const all = [
    ...secretAdvice(sound),
    ...reliabilityAdvice(sound),
    ...performanceAdvice(sound),
    ...resourceAdvice(sound),
  ]
  const order: Advice['kind'][] = ['warning', 'performance', 'reliability', 'resources']
  const sorted = order.flatMap((kind) => all.filter((each) => each.kind === kind))
  return [
    ...loads.map(({ profile, run }) => {
      const unit = run.model === 'open' ? 'iterations/s' : 'users'
      const seconds = Math.round(run.durationSeconds)
      const name = profile === undefined ? '' : `${profile}: `
      return `  ${name}up to ${number(run.target)} ${unit} in ${number(seconds)} s`
    }),
    ...sorted.map(({ kind, at, text, hint }) => {
      const position = source.positionOf(at)
      const place = position ? `${position.line}:${position.column} ` : ''
      return `${kind} ${place}${text}\n    ${hint}`
    }),
  ]
}
