import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { SampleReport } from '../../samples/convert.ts'
import { createFacts } from '../../../tests/support/verdict/example-facts.ts'
import { createSummary } from '../../../tests/support/verdict/example-judging.ts'
import type { Reason } from '../../reasons/reasons.ts'
import type { RecordedCounts } from './recorded-counts.ts'
import { type InstanceEvidence, type SampleEvidence, sampleFaults } from './sample-faults.ts'

const REPORT: SampleReport = {
  rows: 990,
  csvBytes: 1e5,
  parquetBytes: 1e4,
  rejectedLines: 0,
  firstRejected: [],
  isTorn: false,
  columns: [],
  renamedTags: {},
}

/** Of samples that are all 1. */
function counts(samples: Record<string, number>, name = ''): RecordedCounts {
  const all = Object.entries(samples).map(([metric, each]) => [
    metric,
    { samples: each, sum: each },
  ])
  return { [name]: Object.fromEntries(all) as RecordedCounts[string] }
}

const REQUESTS = 10_000

type Changes = Partial<SampleEvidence & InstanceEvidence>

function texts(faults: readonly Reason[]): string[] {
  return faults.map(({ text }) => text)
}

function faultsOf(changes: Changes): string[] {
  const facts = createFacts()
  const { report = REPORT, errors = [] } = changes
  const summary = 'summary' in changes ? changes.summary : createSummary(REQUESTS)
  const { recorded = counts({ http_reqs: REQUESTS }) } = changes
  const instances = [{ summary, errors }]
  const evidence = { report, facts: changes.facts ?? facts, recorded, instances }
  return texts(sampleFaults(evidence))
}

test('samples that k6 recorded all, and that say when they were, have no fault', () => {
  assert.deepEqual(faultsOf({ errors: ['request failed: connection refused'] }), [])
})

describe('samples that are not all that happened are named', () => {
  const first = { line: 7, reason: 'Expected Number of Columns: 12 Found: 3' }
  const cases: [what: string, changes: Changes, fault: string][] = [
    [
      'damaged lines',
      { report: { ...REPORT, rejectedLines: 10, firstRejected: [first] } },
      'samples.csv is damaged: 10 malformed rows, the first one at line 7: Expected Number of Columns: 12 Found: 3',
    ],
    [
      'a torn end',
      { report: { ...REPORT, isTorn: true } },
      'samples.csv ends in the middle of a line: k6 was killed, or the disk was full',
    ],
    [
      'a file that k6 could not write',
      { errors: ['CSV: Error writing to file: no space left'] },
      'k6 could not record every sample: CSV: Error writing to file: no space left',
    ],
    [
      'a full disk',
      { errors: ['write /x/samples.csv: No space left on device'] },
      'k6 could not record every sample: write /x/samples.csv: No space left on device',
    ],
    [
      'no summary',
      { summary: undefined },
      'k6 ended without a summary, so its last samples may be missing',
    ],
    [
      'fewer requests than k6 has sent',
      { summary: createSummary(10_001) },
      'k6 sent 10,001 requests, and 10,000 were recorded',
    ],
    [
      'more requests than k6 has sent',
      { summary: createSummary(9_999) },
      'k6 sent 9,999 requests, and 10,000 were recorded',
    ],
    [
      'a summary without requests',
      { summary: { metrics: {} } },
      'k6 sent 0 requests, and 10,000 were recorded',
    ],
    [
      'requests that lack a sample',
      { recorded: counts({ http_reqs: 10_000, http_req_duration: 84 }) },
      'Of http_req_duration 84 were recorded, and k6 counted 10,000',
    ],
    [
      'a trend of which the summary has more, and a rate of which it has fewer',
      {
        summary: {
          metrics: {
            ...createSummary(10_000).metrics,
            http_req_waiting: { values: { avg: 1, count: 10_000 }, crossed: [] },
            checks: { values: { passes: 3, fails: 4 }, crossed: [] },
            data_sent: { values: { count: 77 }, crossed: [] },
            'checks{judged:yes}': { values: { passes: 3, fails: 3 }, crossed: [] },
          },
        },
        recorded: counts({ http_reqs: 10_000, http_req_waiting: 9_999, checks: 8, data_sent: 76 }),
      },
      'Of http_req_waiting 9,999 were recorded, and k6 counted 10,000; 3 metrics lack some or have too many',
    ],
    [
      'a damaged first line',
      { report: { ...REPORT, headerFault: 'there is no column metadata' }, recorded: {} },
      'samples.csv has a damaged first line (there is no column metadata), so that none of its lines can be read',
    ],
    [
      'values that are no numbers',
      { facts: createFacts({ samplesNotFinite: 3 }) },
      '3 samples are not numbers',
    ],
    [
      'times out of the run',
      { facts: createFacts({ samplesOutOfTime: 5 }) },
      '5 samples lie outside of the time of the run: the clock jumped',
    ],
  ]
  for (const [what, changes, fault] of cases) {
    test(what, () => assert.deepEqual(faultsOf(changes), [fault]))
  }

  test('all at once', () => {
    const changes = {
      report: { ...REPORT, rejectedLines: 1, isTorn: true },
      facts: createFacts({ samplesNotFinite: 1, samplesOutOfTime: 1 }),
      summary: undefined,
      errors: ['no space left on device'],
    }
    assert.equal(faultsOf(changes).length, 6)
  })
})

describe('of several instances', () => {
  const sound = { csvBytes: 1, rejectedLines: 0, firstRejected: [], isTorn: false }
  const report = {
    ...REPORT,
    instances: [
      { ...sound, instance: '1' },
      { ...sound, instance: '2', isTorn: true },
    ],
  }
  const facts = createFacts()
  const recorded = { ...counts({ http_reqs: 6_000 }, '1'), ...counts({ http_reqs: 4_000 }, '2') }
  const instance = (name: string, requests: number): InstanceEvidence => {
    return { name, summary: createSummary(requests), errors: [] }
  }

  test('each is held against its own file and its own summary, and named', () => {
    const instances = [instance('1', 6_000), instance('2', 4_001), instance('3', 0)]
    assert.deepEqual(texts(sampleFaults({ report, facts, recorded, instances })), [
      'instance 2: samples.csv ends in the middle of a line: k6 was killed, or the disk was full',
      'instance 2: k6 sent 4,001 requests, and 4,000 were recorded',
      'instance 3: k6 recorded no sample',
    ])
  })

  test('counts that add up do not hide that two of them are wrong', () => {
    const files = report.instances.map((each) => ({ ...each, isTorn: false }))
    const instances = [instance('1', 5_999), instance('2', 4_001)]
    const evidence = { report: { ...report, instances: files }, facts, recorded, instances }
    assert.deepEqual(texts(sampleFaults(evidence)), [
      'instance 1: k6 sent 5,999 requests, and 6,000 were recorded',
      'instance 2: k6 sent 4,001 requests, and 4,000 were recorded',
    ])
  })
})
