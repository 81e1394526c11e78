import type { RunPlan } from '../../lib/plan.ts'
import { absence, isGate, type RunContext } from './absence.ts'
import type { CompiledObjective } from './compiled.ts'
import { recordOf } from '../indicators/indicators.ts'
import { checkParts, type K6Check } from '../indicators/k6-metrics.ts'
import { judgedSpan } from '../indicators/judged-span.ts'
import type { Objective } from '../indicators/objective.ts'
import type { Sla } from './sla-file.ts'
import { isSelectable, tagsOf } from '../indicators/measured.ts'
import { suspicions } from './suspicions.ts'

/** Decides for every objective of a file what it judges in one run, in the file's order. */
export function compileObjectives(sla: Sla, context: RunContext): CompiledObjective[] {
  return sla.objectives.flatMap((objective, index): CompiledObjective[] => {
    const reason = absence(objective, context)
    if (reason !== undefined) return [{ id: objective.id, objective, absence: reason }]
    const found = suspicions(objective, context.plan).map(({ field, ...rest }) => {
      return { path: `objectives[${index}].${field}`, ...rest }
    })
    return expand(objective, context.plan).map((expanded) => {
      const each = { ...expanded, ...(found.length > 0 && { suspicions: found }) }
      if (context.plan.judges === 'steps' && isGate(objective)) {
        return { ...each, absence: 'each step is judged by it', isGate: true }
      }
      const check = checkOf(each.objective, context.plan)
      return check ? { ...each, check } : each
    })
  })
}

function expand(objective: Objective, plan: RunPlan): CompiledObjective[] {
  const { id, each, where } = objective
  if (each === undefined) return [{ id, objective }]
  return plan[`${each}s`].map((value) => ({
    id: `${id} [${value}]`,
    objective: { ...objective, where: { ...where, [each]: value } },
  }))
}

// k6 has no windows of time, one selector of it cannot name several phases, and it cannot select every
// tag value.
function checkOf(objective: Objective, plan: RunPlan): K6Check | undefined {
  const span = judgedSpan(objective.phases, plan.phases)
  if (objective.windows || span === undefined) return undefined
  // How long counted iterations will take is not known.
  if (plan.iterationsPerUser !== undefined && objective.indicator.kind === 'rate') return undefined
  const isOdd = Object.entries(tagsOf(objective.where)).some((pair) => !isSelectable(...pair))
  if (isOdd) return undefined
  return recordOf(objective.indicator).k6Check?.(objective, checkParts(objective, span))
}
