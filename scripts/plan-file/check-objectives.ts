import type { RunPlan } from '../../lib/plan.ts'
import type { Plan } from '../../lib/plan-file/plan-file.ts'
import { validateSla } from '../sla/validate-sla.ts'
import { schemaProblems } from '../sla/schema-problems.ts'
import type { Catalogue } from '../sla/catalogue.ts'
import { objectiveProblem, type PlanProblem } from './plan-problem.ts'

/** Metrics that the library makes in every run with operations. */
const METRICS: Catalogue['metrics'] = {
  script_exceptions: { type: 'counter', isTime: false },
  answers_rejected: { type: 'counter', isTime: false },
  auth_failures: { type: 'counter', isTime: false },
  operation_duration: { type: 'trend', isTime: true },
  operation_failed: { type: 'rate', isTime: false },
  followed_duration: { type: 'trend', isTime: true },
}

/** Objectives of a plan, held against the names that its runs will have, where these are known. */
export function checkObjectives(plan: Partial<Plan>, runs: readonly RunPlan[]): PlanProblem[] {
  const { name = '', objectives } = plan
  // What an existing workload calls its operations only k6 knows: the run checks it.
  if (runs.length === 0 || plan.workload !== undefined) {
    return schemaProblems({ workload: 'any', objectives }).map(objectiveProblem)
  }
  const named = (names: (run: RunPlan) => readonly string[]) => [...new Set(runs.flatMap(names))]
  const catalogue: Catalogue = {
    workload: name,
    scenarios: [name],
    profiles: Object.keys(plan.profiles ?? {}),
    endpoints: named(({ endpoints }) => endpoints),
    operations: named(({ operations }) => operations),
    regions: [],
    phases: named(({ phases }) => phases.map((phase) => phase.name)),
    metrics: METRICS,
  }
  const result = validateSla({ workload: name, objectives }, catalogue)
  return 'problems' in result ? result.problems.map(objectiveProblem) : []
}
