// A catalogue, a plan and an SLA for the tests of this folder and of verdict/.
import type { RunPlan } from '../../../lib/plan.ts'
import type { Catalogue } from '../../../scripts/sla/read-sla.ts'
import type { CompiledObjective } from '../../../scripts/sla/compiled.ts'
import { compileObjectives } from '../../../scripts/sla/compile.ts'
import { formatProblem, type Problem } from '../../../scripts/sla/field-problem.ts'
import { validateSla } from '../../../scripts/sla/validate-sla.ts'

export const catalogue: Catalogue = {
  workload: 'better-prompts',
  scenarios: [
    'smoke',
    'load',
    'sustained',
    'spike',
    'geo-distributed',
    'api-mix',
    'dashboard',
    'breakpoint',
  ],
  profiles: ['normal', 'peak'],
  endpoints: ['POST /v1/enhance', 'GET /v1/history'],
  operations: ['enhance', 'history'],
  regions: ['us-east', 'eu-west'],
  phases: ['warm-up', 'ramp-up', 'hold', 'ramp-down', 'spike-1', 'recovery-1'],
  metrics: {
    technique_accuracy: { type: 'rate', isTime: false },
    stream_on_time: { type: 'rate', isTime: false },
    stream_agrees: { type: 'rate', isTime: false },
    prompts_enhanced: { type: 'counter', isTime: false },
    cost_usd: { type: 'trend', isTime: false },
    first_token: { type: 'trend', isTime: true },
  },
}

/** A run of 100 s: warm-up 10 s, ramp-up 20 s, hold 60 s, ramp-down 10 s. */
export function createPlan(changes: Partial<RunPlan> = {}): RunPlan {
  return {
    workload: 'better-prompts',
    profiles: [],
    model: 'closed',
    target: 100,
    phases: [
      { name: 'warm-up', startSeconds: 0, endSeconds: 10, target: 10 },
      { name: 'ramp-up', startSeconds: 10, endSeconds: 30, target: 100 },
      { name: 'hold', startSeconds: 30, endSeconds: 90, target: 100 },
      { name: 'ramp-down', startSeconds: 90, endSeconds: 100, target: 0 },
    ],
    durationSeconds: 100,
    parts: [],
    regions: [],
    operations: catalogue.operations,
    operationShares: { enhance: 0.9, history: 0.1 },
    endpoints: catalogue.endpoints,
    optionalEndpoints: [],
    followsRedirects: false,
    judges: 'all',
    thinkSeconds: 0,
    requestTimeoutSeconds: 10,
    gracefulStopSeconds: 30,
    ...changes,
  }
}

/** Objectives as they stand in a file; an `id` is made up where there is none. */
export function createSla(...objectives: Record<string, unknown>[]): unknown {
  return {
    workload: 'better-prompts',
    objectives: objectives.map((objective, index) => ({ id: `o-${index + 1}`, ...objective })),
  }
}

/** What is wrong with an objective as it stands in a file. */
export function problemsOf(objective: Record<string, unknown>): Problem[] {
  const read = validateSla(createSla(objective), catalogue)
  return 'problems' in read ? read.problems : []
}

/** Compiles objectives for a run of scenario `load`. */
export function compileAll(
  objectives: Record<string, unknown>[],
  plan: RunPlan = createPlan(),
): CompiledObjective[] {
  const { endpoints } = plan
  const read = validateSla(createSla(...objectives), { ...catalogue, endpoints })
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'))
  return compileObjectives(read.sla, { plan, scenario: 'load' })
}
