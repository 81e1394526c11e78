import { minimumSamples } from '../indicators/missed-by-few.ts'
import { number } from '../core/format-measure.ts'
import type { PlanObjective } from '../../lib/plan-file/plan-file.ts'
import { placeholdersOf } from '../../lib/plan-file/template.ts'
import { type Advice, adviseIf } from './plan-problem.ts'
import type { SoundPlan } from './check-plan.ts'
import { expectedSamples, requestsOf, RESPONSE_SECONDS } from './plan-facts.ts'
import type { PlannedLoad } from './plan-facts.ts'

/** Whether the verdict will prove what it should. */
export function reliabilityAdvice(sound: SoundPlan): Advice[] {
  const { plan, loads } = sound
  const { objectives = [], operations = {} } = plan
  return [
    ...Object.entries(operations).flatMap(([name, operation]) =>
      adviseIf(!requestsOf(operation).some((step) => step.schema ?? step.checks ?? step.capture), {
        kind: 'warning',
        at: ['operations', name],
        text: `no response of "${name}" is checked: wrong ones with a good status pass`,
        hint: 'Give one of its requests "checks" or a "schema".',
      }),
    ),
    ...objectives.flatMap((objective, index) => fewSamples(sound, objective, index)),
    ...adviseIf(objectives.length > 0 && !objectives.some(countsFailures), {
      kind: 'reliability',
      at: ['objectives'],
      text: 'no objective counts failures: a fast error page would pass',
      hint: 'Add { id: answers, indicator: { share: checks }, limit: ">= 99.9%" }.',
    }),
    ...loads.flatMap((load) => longRun(load, objectives)),
  ]
}

const COUNTING = ['error-ratio', 'availability']

function countsFailures({ indicator }: PlanObjective): boolean {
  if (typeof indicator === 'string') return COUNTING.includes(indicator)
  return 'share' in indicator || 'apdex' in indicator
}

function fewSamples({ plan, loads }: SoundPlan, objective: PlanObjective, index: number): Advice[] {
  const { id, indicator, where, phases, of } = objective
  const percentile = typeof indicator === 'object' ? Number(indicator['latency']?.slice(1)) : NaN
  const hasTags = Object.keys(where ?? {}).some((key) => !['endpoint', 'operation'].includes(key))
  // What other tags there will be, only the run knows; an existing workload's operations, too.
  if (hasTags || plan.operations === undefined) return []
  const needed = Number.isNaN(percentile) ? 1 : minimumSamples(percentile)
  return loads
    .filter(({ run }) => run.judges === 'all')
    .flatMap((load) => {
      const selected = { where, phases, ofOperations: of === 'operation' }
      const expected = expectedSamples(plan, load, selected)
      const of_ = load.profile === undefined ? '' : ` of ${load.profile}`
      return adviseIf(expected < needed, {
        kind: 'warning',
        at: ['objectives', index],
        text: `"${id}" will have about ${number(expected)} samples${of_}, and needs ${number(needed)}: the verdict would be NO_DATA`,
        hint: `Run longer, add users, or judge a lower percentile (assuming ${RESPONSE_SECONDS} s for a response).`,
      })
    })
}

const LONG_SECONDS = 1_800

function longRun({ at, run }: PlannedLoad, objectives: readonly PlanObjective[]): Advice[] {
  const isKnown = (name: string): boolean =>
    objectives.some(({ indicator }) => typeof indicator === 'object' && name in indicator)
  return adviseIf(
    objectives.length > 0 && run.durationSeconds >= LONG_SECONDS && !isKnown('drift'),
    {
      kind: 'reliability',
      at,
      text: 'the run takes half an hour or more, and no objective judges whether it gets slower',
      hint: 'Add { id: no-drift, indicator: { drift: latency.p95 }, limit: "< 10%" }.',
    },
  )
}

/** Headers that carry credentials. */
const SECRET = /^(authorization|proxy-authorization|cookie|.*(api-?key|token|secret).*)$/i

/** Secrets written in a plan: they end up in the script, and so in the folder of every run. */
export function secretAdvice({ plan }: SoundPlan): Advice[] {
  return Object.entries(plan.operations ?? {}).flatMap(([name, { steps }]) =>
    steps.flatMap((step, index) => {
      const headers = Object.entries('pause' in step ? {} : (step.headers ?? {}))
      const open = headers.filter(([header, value]) => {
        return SECRET.test(header) && placeholdersOf(value).length === 0
      })
      return open.map(([header]) => ({
        kind: 'warning' as const,
        at: ['operations', name, 'steps', index, 'headers', header],
        text: `the value of ${header} is in the plan, and in the script of each run`,
        hint: 'A log-in such as { strategy: bearerToken, variable: SHOP_TOKEN } takes it from the environment.',
      }))
    }),
  )
}
