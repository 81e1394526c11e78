// Many runs. What a run pushed at its end is a single sample, so each step looks back exactly one step.
import { RUN, WHOLE_RUN } from './selectors.ts'
import { last } from './ratio.ts'
import { verdictNumber } from './objectives.ts'

/** Verdicts of all runs as numbers, with what they ran. */
export const verdicts = verdictNumber(
  'k6_verdict_run_verdict',
  RUN,
  'testid, workload, run_scenario, profile',
)

/** When each run ended, in milliseconds since 1970, as Grafana's dates are. */
export const ends = `1000 * ${last('k6_verdict_run_end_timestamp_seconds', RUN, 'testid')}`

/** What an indicator (a regular expression) reached in each run, over all of its requests. */
export const reached = (indicator: string): string =>
  last('k6_verdict_objective_value', `${RUN}, indicator=~"${indicator}", ${WHOLE_RUN}`, 'testid')

/** The same in time: one point for each run, a line for each objective of each scenario. */
export const reachedOverTime = (indicator: string): string =>
  `max by (objective, run_scenario) (last_over_time(k6_verdict_objective_value{${RUN}, indicator=~"${indicator}"}[$__interval]))`

/** Pushes of each run that never arrived: its numbers in Prometheus are then too low. */
export const lostPushes = last('k6_verdict_lost_pushes_total', RUN, 'testid')

const ELAPSED = `max by (testid) (k6_verdict_run_elapsed_seconds{${RUN}})`

/** Seconds since each run's load began, in steps of 5: the common x axis of runs that are compared. */
export const alignedElapsed = `round(${ELAPSED}, 5)`

/** A curve by `testid`, only where it has a place on that axis. */
export const whileLoaded = (expr: string): string => `(${expr}) and on (testid) ${ELAPSED}`
