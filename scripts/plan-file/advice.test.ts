import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan } from '../../lib/plan-file/plan-file.ts'
import { advicePlan } from './advice.ts'
import { checkPlan } from './check-plan.ts'

const step = { request: 'GET /items', checks: { ok: { at: 'ok', equals: true } } }
const good: Plan = {
  name: 'shop',
  thinkTime: '1s',
  operations: { look: { steps: [step] } },
  load: { shape: 'constantUsers', users: 50, duration: '10m', rampUp: '30s' },
  objectives: [
    { id: 'answers', indicator: { share: 'checks' }, limit: '>= 99%' },
    { id: 'p99', indicator: { latency: 'p99' }, limit: '< 1s' },
  ],
}
const [answers, p99] = good.objectives ?? []

async function adviceOf(changes: Partial<Plan>): Promise<string[]> {
  const data = { ...good, ...changes }
  const source = { path: '', folder: '', data, positionOf: () => undefined }
  const checked = await checkPlan(source)
  if ('problems' in checked) assert.fail(JSON.stringify(checked.problems))
  return advicePlan({ ...checked, source }).slice(checked.loads.length)
}

test('a good plan gets no advice', async () => {
  assert.deepEqual(await adviceOf({}), [])
})

const rate = { shape: 'constantRate' as const, ratePerSecond: 100, duration: '1h', rampUp: '1m' }

const TABLE: [changes: Partial<Plan>, says: RegExp][] = [
  [{ thinkTime: '0s' }, /^warning 50 users without pauses/],
  [
    { operations: { look: { steps: [{ request: 'GET /items' }] } } },
    /^warning no response of "look"/,
  ],
  [
    { load: { shape: 'constantUsers', users: 50, duration: '10s', rampUp: '5s' } },
    /^warning "p99" will have about 568 samples, and needs 1,000/,
  ],
  [{ load: { shape: 'constantUsers', users: 50, duration: '10m' } }, /^warning the load jumps/],
  [
    {
      load: {
        shape: 'stagedUsers',
        stages: [
          { users: 99, duration: '0s' },
          { users: 99, duration: '9m' },
        ],
      },
    },
    /^warning the load jumps/,
  ],
  [
    {
      load: {
        shape: 'phases',
        model: 'closed',
        phases: [{ phase: 'spike-1', duration: '9m', target: 99 }],
      },
    },
    /^warning a spike without a recovery/,
  ],
  [
    { operations: { look: { steps: [{ ...step, headers: { Authorization: 'Bearer x' } }] } } },
    /^warning the value of Authorization/,
  ],
  [{ objectives: p99 ? [p99] : [] }, /^reliability no objective counts failures/],
  [{ objectives: answers ? [answers] : [] }, /^performance no objective judges how fast/],
  [
    { load: { shape: 'constantUsers', users: 50, duration: '1h', rampUp: '1m' } },
    /^reliability the run takes half an hour/,
  ],
  [
    { load: { shape: 'constantUsers', users: 900_000, duration: '10m', rampUp: '1m' } },
    /^resources 900,000 VUs take about 900\.1 GB/,
  ],
  [
    { data: { rows: Array.from({ length: 20_000 }, () => 'x'.repeat(60)) } },
    /^resources 1 MB of rows/,
  ],
]

for (const [changes, says] of TABLE) {
  test(`advice ${says.source}`, async () => {
    const advice = await adviceOf(changes)
    assert.equal(advice.length, 1, advice.join('\n'))
    assert.match(advice[0] ?? '', says)
  })
}

test('a rate has its own advice', async () => {
  const advice = await adviceOf({
    load: { ...rate, iterationSeconds: 1 },
    operations: { look: { steps: [step, { pause: '2s' }] }, see: { steps: [step] } },
  })
  assert.deepEqual(
    advice.map((each) => each.split('\n')[0]),
    [
      'warning pauses of 2 s do not fit into iterationSeconds (1): iterations will be dropped',
      'performance thinkTime has no effect with a rate',
      'performance all operations share one pool of VUs: a slow one takes them from the others',
      'reliability the run takes half an hour or more, and no objective judges whether it gets slower',
    ],
  )
})

test('an objective of a rare operation is held against its share, and one of a phase against its length', async () => {
  const operations = { look: { weight: 999, steps: [step] }, buy: { weight: 1, steps: [step] } }
  const where = { operation: 'buy' }
  const [rare] = await adviceOf({
    operations,
    objectives: [
      ...(answers ? [answers] : []),
      { id: 'buy', indicator: { latency: 'p95' }, limit: '< 1s', where },
    ],
  })
  assert.match(rare ?? '', /"buy" will have about 28 samples, and needs 200/)
  const [ramp] = await adviceOf({
    objectives: [
      ...(answers ? [answers] : []),
      { id: 'ramp', indicator: { latency: 'p99' }, limit: '< 1s', phases: ['ramp-up'] },
    ],
  })
  assert.match(ramp ?? '', /"ramp" will have about 682 samples, and needs 1,000/)
})
