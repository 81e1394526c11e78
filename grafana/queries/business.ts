// What users and the owner of the API get: satisfaction, error budget, money, who asks for what.
import { EXPECTED, ITERATIONS, OUTCOMES, SCRAPED, SEGMENTS } from './selectors.ts'
import { errorRatio, errorRatioOfRun } from './errors.ts'
import { limitOf } from './objectives.ts'
import { perSecond, ratioOf, total } from './ratio.ts'

/** T of the apdex in seconds: of the SLA's apdex objective, else the limit of p95. */
export const apdexTarget = `${limitOf('apdex.*')} or ${limitOf('latency:p95')}`

const WITHIN = `sum(rate(k6_http_req_duration_seconds{${EXPECTED}}[$__rate_interval]))`

const shareWithin = (factor: number): string =>
  `histogram_fraction(0, ${factor} * scalar(${apdexTarget}), ${WITHIN})`

/** Apdex, 0 to 1: satisfied up to T, tolerating (half) up to 4 T; failed requests count as frustrated. */
export const apdex = `(${shareWithin(1)} + ${shareWithin(4)}) / 2 * (1 - (${errorRatio}))`

/** Share of requests that may fail, from the SLA's error ratio or its availability. */
export const errorsAllowed = `${limitOf('error-ratio')} or 1 - ${limitOf('availability', 'max')}`

/** Part of the error budget that is left, 1 to 0; below 0 it is overspent. */
export const budgetLeft = `1 - (${errorRatioOfRun}) / (${errorsAllowed})`

/** How fast the error budget is spent: at 1 it lasts exactly as long as the run. */
export const burnRate = `(${errorRatio}) / (${errorsAllowed})`

const COSTS = `sum(rate(k6_cost_usd{${ITERATIONS}}[$__rate_interval]))`

/** Mean cost of a request in US dollars, as the answers say. */
export const costPerRequest = `histogram_sum(${COSTS}) / histogram_count(${COSTS})`

/** US dollars per second that the load costs. */
export const spending = `histogram_sum(${COSTS})`

/** Mean cost of a request by operation, over the time range. */
export const costByOperation = `histogram_sum(${costsOfRange()}) / histogram_count(${costsOfRange()})`

/** The same as the sandbox counts it: for each prompt that was answered. */
export const sandboxCostPerPrompt = `${perSecond('sandbox_cost_usd_total', SCRAPED)} / ${perSecond('sandbox_technique_choices_total', SCRAPED)}`

const PREDICTIONS = `${OUTCOMES}, metric="technique_accuracy"`

/** Answers per second by technique. */
export const answersByTechnique = perSecond('k6_outcomes_total', PREDICTIONS, 'technique')

/** All answers of the runs by technique. */
export const answersOfTechnique = total('k6_outcomes_total', PREDICTIONS, 'technique')

/** Share of them with the technique that was expected, 0 to 1. */
export const accuracyOfTechnique = ratioOf(
  total('k6_outcomes_total', `${PREDICTIONS}, outcome="pass"`, 'technique'),
  answersOfTechnique,
)

/** Requests per second by user segment. */
export const requestsBySegment = perSecond('k6_segment_requests_total', SEGMENTS, 'segment')

/** All requests of the runs by user segment, and the share of them that failed. */
export const requestsOfSegment = total('k6_segment_requests_total', SEGMENTS, 'segment')
export const errorRatioOfSegment = ratioOf(
  total('k6_segment_requests_total', `${SEGMENTS}, expected_response="false"`, 'segment'),
  requestsOfSegment,
)

/** Prompts per second by technique, as the sandbox counts them. */
export const sandboxPromptsByTechnique = perSecond(
  'sandbox_technique_choices_total',
  `${SCRAPED}, technique=~"$technique"`,
  'technique',
)

/** Share of answers with the technique that was expected, 0 to 1. */
export const techniqueAccuracy = ratioOf(
  perSecond('k6_outcomes_total', `${PREDICTIONS}, outcome="pass"`),
  perSecond('k6_outcomes_total', PREDICTIONS),
)

/** The same as the sandbox counts it, where callers say what they expect. */
export const sandboxAccuracy = `${perSecond('sandbox_technique_predictions_correct_total', SCRAPED)} / ${perSecond('sandbox_technique_predictions_total', SCRAPED)}`

/** Satisfied share of the feedback that the sandbox received. */
export const satisfiedFeedback = ratioOf(
  perSecond('sandbox_feedback_total', `${SCRAPED}, satisfied="true"`),
  perSecond('sandbox_feedback_total', SCRAPED),
)

function costsOfRange(): string {
  return `sum by (operation) (rate(k6_cost_usd{${ITERATIONS}}[$__range]))`
}
