import { formatDuration } from '../../lib/duration.ts'
import type { RunPlan } from '../../lib/plan.ts'
import type { Limit } from '../core/limit.ts'
import { recordOf } from '../indicators/indicators.ts'
import { judgedPhases } from '../indicators/judged-span.ts'
import type { Objective } from '../indicators/objective.ts'
import { formatProblem, type Place, type Problem, quote } from './field-problem.ts'
import type { CompiledObjective } from './compiled.ts'

/** Gauges that follow the plan, whatever the target does. */
const PLANNED_GAUGES = ['vus', 'vus_max']

/** Requests wait no longer, unless the workload says so. */
const REQUEST_TIMEOUT_SECONDS = 60

type Planned = Pick<RunPlan, 'phases' | 'requestTimeoutSeconds'>

/** What an objective says that can be judged and is hardly meant; the run goes on. */
export function suspicions(objective: Objective, plan: Planned): Place[] {
  const { limit, windows } = objective
  const found = [
    cannotFail(objective) ? planned(limit) : undefined,
    isLoose(objective) ? loose('limit', limit) : undefined,
    windows && windows.violating.value > 0.5
      ? loose('windows.violating', windows.violating)
      : undefined,
    slowLatency(objective, plan),
    longWindows(objective, plan),
  ]
  return found.filter((each) => each !== undefined)
}

/** A file in which nothing that a target does misses a required objective: each run of it would be a PASS. */
export function nothingToMiss(objectives: readonly Objective[]): Problem[] {
  const required = objectives.filter(({ level }) => level === 'required')
  if (required.length === 0 || !required.every(cannotFail)) return []
  const found = required.map(({ id, limit }) => `${id} ${limit.text}`).join(', ')
  return [
    {
      path: 'objectives',
      expected: 'a required objective that the target can miss',
      found: quote(found),
      hint: 'Add for instance { "id": "errors", "indicator": "error-ratio", "limit": "< 1%" }.',
    },
  ]
}

function cannotFail({ indicator, limit }: Objective): boolean {
  const isPlanned = 'metric' in indicator && PLANNED_GAUGES.includes(indicator.metric)
  return isPlanned && limit.operator.startsWith('<')
}

function planned(limit: Limit): Place {
  return {
    field: 'limit',
    expected: 'a limit on what the target does',
    found: quote(limit.text),
    hint: 'The number of VUs follows the plan: no target can miss this limit.',
  }
}

// A share of a k6 Rate may mean anything; of these more than half is expected to be good.
function isLoose({ indicator, limit }: Objective): boolean {
  const rule = recordOf(indicator).limitRule(indicator, 'units')
  if (rule.most !== 1 || rule.better === 'either') return false
  return rule.better === 'high' ? limit.value < 0.5 : limit.value > 0.5
}

function loose(field: string, limit: Limit): Place {
  return {
    field,
    expected: 'a limit that lets at most half be bad',
    found: quote(limit.text),
    hint: 'Tighten it, or leave it out.',
  }
}

function slowLatency({ indicator, limit, of }: Objective, plan: Planned): Place | undefined {
  const most = Math.max(REQUEST_TIMEOUT_SECONDS, plan.requestTimeoutSeconds)
  const isOfRequests = indicator.kind === 'latency' && of !== 'operation'
  if (!isOfRequests || limit.value <= most * 1_000) return undefined
  return {
    field: 'limit',
    expected: `at most ${most}s`,
    found: quote(limit.text),
    hint: 'A request that takes longer is given up: no latency misses this limit.',
  }
}

function longWindows({ windows, phases }: Objective, plan: Planned): Place | undefined {
  const names = judgedPhases(phases, plan.phases)
  const seconds = plan.phases
    .filter(({ name }) => names.includes(name))
    .reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0)
  if (!windows || windows.lengthSeconds <= seconds) return undefined
  return {
    field: 'windows.length',
    expected: `at most the ${Math.round(seconds)}s of this run that are judged`,
    found: quote(formatDuration(windows.lengthSeconds)),
    hint: 'No window fits into the run, so nothing will say how many miss the limit.',
  }
}

/** What is suspicious in the SLA file, each once, for the terminal before a run starts. */
export function suspicionTexts(objectives: readonly CompiledObjective[]): string[] {
  const found = objectives.flatMap(({ suspicions = [] }) => suspicions)
  return [...new Set(found.map((problem) => `! SLA file: ${formatProblem(problem)}`))]
}
