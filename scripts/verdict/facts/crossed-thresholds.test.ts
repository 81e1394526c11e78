import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileAll } from '../../../tests/support/sla/example.ts'
import { createSummary } from '../../../tests/support/verdict/example-judging.ts'
import { crossedThresholds } from './crossed-thresholds.ts'

const OBJECTIVES = compileAll([
  { indicator: { latency: 'p95' }, limit: '< 200ms' },
  { indicator: 'error-ratio', limit: '< 1%', level: 'advisory' },
  { indicator: { apdex: '200ms' }, limit: '>= 90%' },
])
const DURATION = 'http_req_duration{judged:yes,expected_response:true}'

function textsOf(instances: Parameters<typeof crossedThresholds>[1]): string[] {
  return crossedThresholds(OBJECTIVES, instances).map(({ text }) => text)
}

describe("a crossed threshold is the script's own unless an objective has put it there", () => {
  const cases: [crossed: Record<string, string[]>, foreign: string[]][] = [
    [{}, []],
    [{ [DURATION]: ['p(95)<200'] }, []],
    [{ 'http_reqs{judged:yes}': ['count>0'], script_exceptions: ['count<1'] }, []],
    [{ [DURATION]: ['p(95)<200', 'max<300'] }, [`${DURATION} max<300`]],
    [{ [DURATION]: ['p(95)<201'] }, [`${DURATION} p(95)<201`]],
    [{ http_req_duration: ['p(95)<200'] }, ['http_req_duration p(95)<200']],
    // An advisory objective only has a threshold that always holds.
    [{ 'http_req_failed{judged:yes}': ['rate<0.01'] }, ['http_req_failed{judged:yes} rate<0.01']],
    [{ checks: ['rate>0.9'], iterations: ['count>5'] }, ['checks rate>0.9', 'iterations count>5']],
  ]
  for (const [crossed, foreign] of cases) {
    test(JSON.stringify(crossed), () => {
      assert.deepEqual(
        textsOf([{ summary: createSummary(9, crossed) }]),
        foreign.map((each) => `The script's own threshold was crossed: ${each}`),
      )
    })
  }
})

test('each of several instances has thresholds of its own', () => {
  const instances = ['1', '2'].map((name) => {
    return { name, summary: createSummary(9, name === '2' ? { checks: ['rate>0.9'] } : {}) }
  })
  assert.deepEqual(textsOf([...instances, { name: '3', summary: undefined }]), [
    "The script's own threshold was crossed on instance 2: checks rate>0.9",
  ])
})
