// Checked answers: an answer either is what the workload expects, or is a counted failure.
import { check } from 'k6'
import type { Endpoint } from './endpoint.ts'
import { logFirstErrors } from './first-errors.ts'
import { answersRejected } from './metrics.ts'
import { type Expectation, parseJson, rejection } from './rejection.ts'
import type { Answer } from './session.ts'

/**
 * Judges one answer and feeds one check (`<endpoint> answers as expected`); a rejected answer also
 * counts in `answers_rejected`, by reason. A body that is truncated or no JSON is a counted
 * failure, never an exception.
 *
 * @returns the body, or undefined when the answer was rejected
 */
export function validateAnswer<T>(
  endpoint: Endpoint,
  answer: Answer,
  expectation: Expectation<T>,
): T | undefined {
  const body = parseJson(answer.body)
  const reason = rejection(answer.status, body, expectation)
  check(reason, { [`${endpoint.name} answers as expected`]: (found) => found === undefined })
  if (reason === undefined) return body as T
  answersRejected.add(1, { reason, name: endpoint.name })
  logFirstErrors(`${endpoint.name} rejected: ${reason}`)
  return undefined
}
