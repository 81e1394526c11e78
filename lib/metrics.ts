// The custom metrics of every run. Created in init code: k6 refuses them later.
import { Counter } from 'k6/metrics'

/** Exceptions that a workload's operation threw; k6 itself only logs them and goes on. */
export const scriptExceptions = new Counter('script_exceptions')

/** Answers that were not as expected, by `reason`. */
export const answersRejected = new Counter('answers_rejected')
