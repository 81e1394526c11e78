// Service levels as the run published them: right for every workload, without a number in a board.
import { RUN, WHOLE_RUN } from './selectors.ts'
import { last } from './ratio.ts'

const LIMIT = 'k6_verdict_objective_limit'

/**
 * Limits of one indicator (a regular expression) while the load runs, for a line on a chart. Those of a
 * single endpoint or region would be wrong on a chart of all.
 */
export const limitLine = (indicator: string): string =>
  `max by (objective) (${LIMIT}{${RUN}, indicator=~"${indicator}", ${WHOLE_RUN}})`

/** The strictest or loosest limit as one number, also of runs that have ended. */
export const limitOf = (indicator: string, pick: 'min' | 'max' = 'min'): string =>
  `${pick}(last_over_time(${LIMIT}{${RUN}, indicator=~"${indicator}", ${WHOLE_RUN}}[$__range]))`

const OBJECTIVE = 'testid, objective'

/** Limit of each objective; labels say what it is of and which side is good. */
export const objectiveLimits = last(LIMIT, RUN, `${OBJECTIVE}, indicator, unit, comparison, level`)

/** What each objective reached, once the run is judged. */
export const objectiveValues = last('k6_verdict_objective_value', RUN, OBJECTIVE)

/** Verdicts as numbers, the worst highest; the boards' value mappings turn them back into words. */
export const VERDICT_NUMBERS = { PASS: 1, MARGINAL: 2, FAIL: 3, NO_DATA: 4, INVALID: 5 } as const

/** The verdict of each objective as a number. */
export const objectiveVerdicts = verdictNumber('k6_verdict_objective_verdict', RUN, OBJECTIVE)

/** The verdict of each run as a number. */
export const runVerdicts = verdictNumber('k6_verdict_run_verdict', RUN, 'testid')

/** Alerts of the time range: 1 for each that was pending or firing. */
export const alerts = last('ALERTS', RUN, 'testid, alertname, severity, alertstate')

/** Share of the judged required objectives that were met, 0 to 1. */
export const compliance = complianceOf(`${RUN}, level="required"`)

/** The series' `verdict` label as a number, by other labels. */
export function verdictNumber(metric: string, matchers: string, by: string): string {
  return Object.entries(VERDICT_NUMBERS)
    .map(([verdict, number]) => {
      const found = last(metric, `${matchers}, verdict="${verdict}"`, by)
      return number === 1 ? found : `${number} * ${found}`
    })
    .join(' or ')
}

function complianceOf(matchers: string): string {
  const count = (more: string) =>
    `count(last_over_time(k6_verdict_objective_verdict{${matchers}${more}}[$__range]))`
  const all = count('')
  return `(${count(', verdict=~"PASS|MARGINAL"')} or 0 * ${all}) / ${all}`
}
