// Failed requests and checks that no objective counts.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  GOOD,
  judgeMeasured,
  type JudgeCase,
  told,
} from '../../../tests/support/verdict/example-evidence.ts'

const cases: JudgeCase[] = [
  // Checks that no objective counts.
  {
    title: 'every response is rejected',
    evidence: { checks: { checks: 100, rejected: 100, reasons: 'not-json' } },
    is: 'FAIL: RESPONSES_REJECTED',
  },
  {
    title: 'a hundredth of the responses is rejected',
    evidence: { checks: { checks: 1_000, rejected: 10, reasons: 'not-json' } },
    is: 'PASS (close): RESPONSES_REJECTED',
  },
  {
    title: 'rejected responses that an objective counts',
    measured: [{ value: 0.99, raw: { indicator: { share: 'checks' }, limit: '>= 90%' } }],
    evidence: { checks: { checks: 1_000, rejected: 10, reasons: 'not-json' } },
    is: 'PASS:',
  },
  // Failed requests that no objective counts.
  {
    title: 'two of three requests fail, and only latencies are judged',
    evidence: { failures: { requests: 9, failed: 6, statuses: '6 with status 500' } },
    is: 'FAIL: REQUESTS_FAILED',
  },
  {
    title: 'a hundredth of the requests fails, and only latencies are judged',
    evidence: { failures: { requests: 1_000, failed: 10, statuses: '10 with status 500' } },
    is: 'PASS (close): REQUESTS_FAILED',
  },
  {
    title: 'one of a thousand requests fails, and only latencies are judged',
    evidence: { failures: { requests: 1_000, failed: 1, statuses: '1 with status 500' } },
    is: 'PASS:',
  },
  ...[
    { indicator: 'availability', limit: '>= 90%', value: 0.99 },
    { indicator: 'error-ratio', limit: '< 10%', value: 0.01 },
    { indicator: { apdex: '200ms' }, limit: '>= 90%', value: 0.99 },
    { indicator: { share: 'checks' }, limit: '>= 90%', value: 0.99 },
    { indicator: { share: 'http_req_failed' }, limit: '< 10%', value: 0.01 },
  ].map(({ value, ...raw }): JudgeCase => ({
    title: `failed requests that ${JSON.stringify(raw.indicator)} counts`,
    measured: [GOOD, { value, raw }],
    evidence: { failures: { requests: 1_000, failed: 10, statuses: '10 with status 500' } },
    is: 'PASS:',
  })),
  {
    title: 'failed requests, of which an objective counts those of one endpoint',
    measured: [
      GOOD,
      {
        value: 0,
        raw: {
          indicator: 'error-ratio',
          limit: '< 10%',
          where: { endpoint: 'GET /v1/history' },
        },
      },
    ],
    evidence: { failures: { requests: 1_000, failed: 600, statuses: '600 with status 500' } },
    is: 'FAIL: REQUESTS_FAILED',
  },
  {
    title: 'failed requests whose responses the script rejects',
    evidence: {
      failures: { requests: 100, failed: 60, statuses: '60 with status 500' },
      checks: { checks: 100, rejected: 60, reasons: 'status' },
    },
    is: 'FAIL: RESPONSES_REJECTED',
  },
]

describe('what failed and no objective counts', () => {
  for (const { title, measured = [GOOD], evidence, is } of cases) {
    test(`${title}: ${is}`, () => {
      assert.equal(told(judgeMeasured(measured, evidence)), is)
    })
  }
})
