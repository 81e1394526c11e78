import { ToolkitError } from '../core/errors.ts'
import { formatProblem, type Problem } from './field-problem.ts'

// With latencies alone fast nonsense would pass.
const SHORTEST =
  '{ "$schema": "./schema.json", "workload": "<name>", "objectives": [\n' +
  '  { "id": "latency-p95", "indicator": { "latency": "p95" }, "limit": "< 200ms" },\n' +
  '  { "id": "answers-correct", "indicator": { "share": "checks" }, "limit": ">= 99%" } ] }'

/** There is no SLA file for the workload. */
export function slaNotFound(path: string, known: string[]): ToolkitError {
  const list = known.length === 0 ? 'There is none yet.' : `Known: ${known.join(', ')}.`
  return new ToolkitError({
    code: 'K6V_SLA_NOT_FOUND',
    message: `Expected an SLA file, got no file ${path}`,
    hint: `${list} A short one is:\n${SHORTEST}`,
  })
}

/** The SLA file exists, but cannot be opened. */
export function slaUnreadable(path: string, cause: Error): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SLA_UNREADABLE',
    message: `Expected ${path} to be a readable file: ${cause.message}`,
    hint: 'Check that it is a file, not a folder, and that you may read it.',
    cause,
  })
}

export interface SlaSyntax {
  path: string
  /** What the JSON parser says. */
  reason: string
  /** From 1; undefined when the place is not known. */
  line?: number
  column?: number
}

/** The SLA file is not JSON. */
export function slaBadJson({ path, reason, line, column }: SlaSyntax): ToolkitError {
  const place = line === undefined || column === undefined ? path : `${path}:${line}:${column}`
  return new ToolkitError({
    code: 'K6V_SLA_BAD_JSON',
    message: `Expected JSON in ${place}: ${reason}`,
    hint: 'JSON has no comments, no trailing commas and double quotes only.',
  })
}

/** The SLA file is JSON, but says something that cannot be judged. */
export function slaInvalid(path: string, problems: Problem[]): ToolkitError {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  const list = problems.map((problem) => `\n  ${formatProblem(problem)}`).join('')
  return new ToolkitError({
    code: 'K6V_SLA_INVALID',
    message: `${path} has ${count}${list}`,
    hint: 'Fix them all, then run again. thresholds/schema.json describes every field.',
  })
}
