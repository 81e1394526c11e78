// A summary of a sound run for the tests of this folder: 100 s, 10,000 requests.
import type { Summary } from './read-summary.ts'

type Values = Record<string, number>

const SOUND: Record<string, Values> = {
  iterations: { count: 10_000, rate: 100 },
  vus: { value: 0, min: 0, max: 100 },
  vus_max: { value: 100, min: 100, max: 100 },
  script_exceptions: { count: 0, rate: 0 },
  'http_reqs{judged:yes}': { count: 8_000, rate: 80 },
  'http_reqs{judged:yes,phase:hold}': { count: 6_600, rate: 66 },
  'http_req_failed{judged:yes}': { passes: 4, fails: 7_996, value: 0.0005 },
  'http_req_duration{judged:yes,expected_response:true}': {
    'p(50)': 40,
    'p(95)': 150.25,
    'p(99)': 499,
    count: 7_996,
  },
  'technique_accuracy{judged:yes}': { passes: 930, fails: 70, value: 0.93 },
  'checks{judged:yes}': { passes: 8_000, fails: 0, value: 1 },
}

/** A sound summary with some metrics changed; `undefined` removes one. */
export function createSummary(
  changes: Record<string, Values | undefined> = {},
  crossed: Record<string, string[]> = {},
): Summary {
  const metrics = Object.entries({ ...SOUND, ...changes }).flatMap(([name, values]) => {
    return values ? [[name, { values, crossed: crossed[name] ?? [] }] as const] : []
  })
  return { metrics: Object.fromEntries(metrics) }
}
