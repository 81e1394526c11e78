import type { RunPlan } from '../../lib/plan.ts'
import { absence, type RunContext } from './absence.ts'
import type { CompiledObjective } from './compiled.ts'
import { judgedSpan } from './judged-span.ts'
import { k6Check } from './k6-check.ts'
import type { Objective, Sla } from './objective.ts'
import { isSelectable, tagsOf } from './selector.ts'

/** Decides for every objective of a file how it is judged in one run, in the file's order. */
export function compileObjectives(sla: Sla, context: RunContext): CompiledObjective[] {
  return sla.objectives.flatMap((objective): CompiledObjective[] => {
    const reason = absence(objective, context)
    if (reason !== undefined) {
      return [{ id: objective.id, objective, judgedBy: 'not-in-this-run', reason }]
    }
    return expand(objective, context.plan).map((each) => compileOne(each, context.plan))
  })
}

type Expanded = Pick<CompiledObjective, 'id' | 'objective'>

function expand(objective: Objective, plan: RunPlan): Expanded[] {
  const { id, each, where } = objective
  if (each === undefined) return [{ id, objective }]
  return plan[`${each}s`].map((value) => ({
    id: `${id} [${value}]`,
    objective: { ...objective, where: { ...where, [each]: value } },
  }))
}

function compileOne(expanded: Expanded, plan: RunPlan): CompiledObjective {
  const { objective } = expanded
  const span = judgedSpan(objective.phases, plan.phases)
  if (objective.windows) return afterRun(expanded, 'k6 has no windows of time')
  if (span === undefined) return afterRun(expanded, 'one k6 selector cannot name these phases')

  const odd = Object.entries(tagsOf(objective.where)).find((pair) => !isSelectable(...pair))
  if (odd) return afterRun(expanded, `k6 cannot select the tag value "${odd[1]}"`)

  const check = k6Check(objective, span)
  if (check === undefined) return afterRun(expanded, `k6 has no ${objective.indicator.kind}`)
  return { ...expanded, judgedBy: 'k6', check }
}

function afterRun(expanded: Expanded, reason: string): CompiledObjective {
  return { ...expanded, judgedBy: 'after-run', reason }
}
