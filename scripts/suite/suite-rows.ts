// Pure. What every report of a suite says of a run.
import { formatMeasure } from '../core/format-measure.ts'
import { isAsAllowed } from './judge-suite.ts'
import type { Recommendation } from './recommend.ts'
import { runsOf, type RunState, type SuiteState } from './suite-state.ts'

/** Figures of a run as text; `-` where there are none. */
export interface RunFigures {
  p95: string
  errors: string
  rate: string
  requests: string
}

/** `91 ms < 200ms` (its limit), `0%`, `45.8/s`. */
export function figuresOf({ outcome }: RunState): RunFigures {
  if (!outcome) return { p95: '-', errors: '-', rate: '-', requests: '-' }
  const { p95, errorRatio, ratePerSecond, requests } = outcome
  return {
    p95: p95 ? p95Text(p95) : '-',
    errors:
      errorRatio === undefined ? '-' : formatMeasure(Number(errorRatio.toPrecision(3)), 'ratio'),
    rate: requests === 0 ? '-' : formatMeasure(ratePerSecond, '/s'),
    requests: requests.toLocaleString('en-US'),
  }
}

function p95Text({ ms, limit }: NonNullable<NonNullable<RunState['outcome']>['p95']>): string {
  const measured = formatMeasure(Number(ms.toPrecision(3)), 'ms')
  return limit === undefined ? measured : `${measured} (${limit})`
}

/** Why a run is no clear PASS, in one sentence; nothing for one that is. */
export function causeOf({ outcome, trouble }: RunState): string {
  return outcome ? (outcome.causes[0] ?? '') : (trouble ?? '')
}

/** A recommendation and its run. */
export interface RunRecommendation extends Recommendation {
  run: RunState
}

/** All recommendations, first those of runs that did not end as allowed. */
export function recommendationsOf(state: SuiteState): RunRecommendation[] {
  const runs = runsOf(state)
  const isBad = (run: RunState): boolean => !isAsAllowed(run, state.isStrict)
  return [...runs.filter(isBad), ...runs.filter((run) => !isBad(run))].flatMap((run) =>
    (run.outcome?.recommendations ?? []).map((each) => ({ ...each, run })),
  )
}

/** A success criterion, and whether it is met. */
export interface Criterion {
  text: string
  found: string
  isKept: boolean
}

/** The success criteria of a suite, one for each set of allowed verdicts. */
export function criteriaOf(state: SuiteState): Criterion[] {
  const runs = runsOf(state)
  const sets = [...new Set(runs.map(({ allowed }) => allowed.join(' or ')))]
  return sets.map((set) => {
    const some = runs.filter(({ allowed }) => allowed.join(' or ') === set)
    const bad = some.filter((run) => !isAsAllowed(run, state.isStrict))
    const strict = state.isStrict && set.includes('PASS') ? ', not close to a limit' : ''
    const which =
      some.length === runs.length
        ? 'every run ends'
        : `${namesOf(some)} ${some.length === 1 ? 'ends' : 'end'}`
    return {
      text: `${which} with ${set}${strict}`,
      found:
        bad.length === 0
          ? `all ${some.length} do`
          : `${namesOf(bad)} ${bad.length === 1 ? 'does' : 'do'} not`,
      isKept: bad.length === 0,
    }
  })
}

const NAMES_MAX = 4

function namesOf(runs: readonly RunState[]): string {
  const names = runs.slice(0, NAMES_MAX).map(({ number, label }) => `${number} ${label}`)
  const left = runs.length - names.length
  return [...names, ...(left > 0 ? [`${left} more`] : [])].join(', ')
}
