import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRandom } from '../../lib/random.ts'
import {
  createSummary,
  type ExampleJudging,
  judgeExample,
} from '../../tests/support/verdict/example-judging.ts'
import {
  type ExampleSample,
  iterations,
  recordingText,
  request,
  requests,
  sample,
  START_MS,
  users,
} from '../../tests/support/verdict/example-recording.ts'
import type { JudgedRun } from './judge-run.ts'
import type { ReasonCode } from '../reasons/reasons.ts'
import { normal } from '../../tests/support/statistics/example-series.ts'

const P95 = { id: 'p95', indicator: { latency: 'p95' }, limit: '< 200ms' }
const OBJECTIVES = [
  P95,
  { id: 'errors', indicator: 'error-ratio', limit: '< 5%' },
  { id: 'apdex', indicator: { apdex: '100ms' }, limit: '>= 80%' },
  { id: 'rate', indicator: { rate: 'http_reqs' }, limit: '>= 50/s', phases: ['hold'] },
  { id: 'accuracy', indicator: { share: 'technique_accuracy' }, limit: '>= 90%' },
  { id: 'cost', indicator: { statistic: 'avg of cost_usd' }, limit: '< 1 units' },
  { id: 'drift', indicator: { drift: 'latency.p50' }, limit: '< 20%' },
]

/** A whole run of 100 s with 50 requests in each second, of which 1 % fail. */
function soundRun(): ExampleSample[] {
  const random = createRandom(3)
  return [
    ...users(100),
    ...iterations({ from: 0, to: 100, perSecond: 50 }),
    ...requests({
      from: 0,
      to: 100,
      perSecond: 50,
      durationMs: () => 60 * Math.exp(0.4 * normal(random)),
      status: (_, index) => (index % 100 === 0 ? 503 : 200),
    }),
    ...Array.from({ length: 1_000 }, (_, index) => [
      sample('technique_accuracy', index / 10, { value: Number(index % 20 > 0) }),
      sample('cost_usd', index / 10, { value: (index % 13) / 100 }),
    ]).flat(),
  ]
}

const SOUND = soundRun()

test('a sound run is a PASS without reasons, and plain JSON', async (t) => {
  const run = await judgeExample(t, { recording: SOUND, objectives: OBJECTIVES })
  assert.deepEqual([run.verdict, run.reasons], ['PASS', []])
  assert.deepEqual(
    run.objectives.map(({ id, verdict }) => [id, verdict]),
    OBJECTIVES.map(({ id }) => [id, 'PASS']),
  )
  assert.deepEqual(JSON.parse(JSON.stringify(run)), run)
})

describe('neither threads nor the order of the lines change anything', () => {
  const judgeWith = async (
    t: Parameters<typeof judgeExample>[0],
    changes: Partial<ExampleJudging>,
  ) => comparable(await judgeExample(t, { recording: SOUND, objectives: OBJECTIVES, ...changes }))

  for (const threads of [1, 4]) {
    test(`${threads} threads`, async (t) => {
      assert.deepEqual(await judgeWith(t, { threads }), await judgeWith(t, { threads: 2 }))
    })
  }

  for (const seed of [1, 2]) {
    test(`shuffled lines, ${seed}`, async (t) => {
      const random = createRandom(seed)
      const [header = '', ...lines] = recordingText(SOUND).trim().split('\n')
      const shuffled = lines
        .map((line) => ({ line, place: random() }))
        .sort((one, other) => one.place - other.place)
        .map(({ line }) => line)
      const recording = [header, ...shuffled, ''].join('\n')
      assert.deepEqual(await judgeWith(t, { recording }), await judgeWith(t, {}))
    })
  }
})

/** Without what may differ: the last bits of sums, and how well a file was packed. */
function comparable(run: JudgedRun): unknown {
  const text = JSON.stringify({ ...run, samples: { ...run.samples, parquetBytes: 0 } })
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(10)) : value,
  )
}

describe('next to nothing is never a PASS', () => {
  const one = request({ at: 40, durationMs: 1 })
  const cases: [what: string, recording: ExampleSample[]][] = [
    ['a header alone', []],
    ['one request', one],
    [
      'one request in a whole run',
      [...users(100), ...iterations({ from: 0, to: 100, perSecond: 1 }), ...one],
    ],
    [
      'a whole run without requests',
      [...users(100), ...iterations({ from: 0, to: 100, perSecond: 1 })],
    ],
    ['only what is not judged', requests({ from: 0, to: 10, perSecond: 100 })],
  ]
  for (const [what, recording] of cases) {
    test(what, async (t) => {
      const run = await judgeExample(t, { recording, objectives: OBJECTIVES })
      assert.notEqual(run.verdict, 'PASS')
      assert.deepEqual(
        run.objectives.filter(({ verdict, samples }) => verdict === 'PASS' && samples === 0),
        [],
      )
    })
  }
})

test('where all values are equal, all numbers are that value', async (t) => {
  const recording = [
    ...users(100),
    ...iterations({ from: 0, to: 100, perSecond: 50 }),
    ...requests({ from: 0, to: 100, perSecond: 50, durationMs: 12.5 }),
  ]
  const objectives = [
    ...['p50', 'p95', 'p99'].map((latency) => ({ indicator: { latency }, limit: '< 20ms' })),
    { indicator: { statistic: 'avg of http_req_duration' }, limit: '< 20ms' },
    { indicator: { drift: 'latency.p50' }, limit: '< 10%' },
  ]
  const run = await judgeExample(t, { recording, objectives })
  assert.deepEqual(
    run.objectives.map(({ measured, interval }) => [measured, interval?.low, interval?.high]),
    [...new Array<number[]>(4).fill([12.5, 12.5, 12.5]), [0, 0, 0]],
  )
  assert.equal(run.verdict, 'PASS')
})

describe('what was not soundly recorded is INVALID, whatever it measured', () => {
  const text = recordingText(SOUND)
  const lost = SOUND.filter(({ metric }) => metric === 'http_reqs').length
  const sent = createSummary(lost)
  const place = SOUND.findIndex(({ metric, at }) => metric === 'http_req_duration' && at > 40)
  const odd = (value: string) =>
    SOUND.map((each, index) => (index === place ? { ...each, value } : each))
  type Case = [
    what: string,
    recording: ExampleJudging['recording'],
    code: ReasonCode,
    changes?: Pick<ExampleJudging, 'run' | 'k6'>,
  ]
  const cases: Case[] = [
    ['NaN', odd('NaN'), 'SAMPLES_NOT_FINITE'],
    ['Inf', odd('+Inf'), 'SAMPLES_NOT_FINITE'],
    ['a torn end', text.slice(0, -30), 'SAMPLES_DAMAGED'],
    ['a damaged line', text.replace('http_reqs,1', 'http_reqs,x'), 'SAMPLES_DAMAGED'],
    ['a clock that jumped', [...SOUND, sample('checks', 4e4)], 'SAMPLES_OUT_OF_TIME'],
    [
      'requests that are missing',
      SOUND.filter(({ metric, at }) => metric !== 'http_reqs' || at < 50),
      'SAMPLES_MISSING',
      { k6: { summary: sent } },
    ],
    ['no summary', SOUND, 'SUMMARY_MISSING', { k6: { summary: undefined } }],
    [
      'a full disk',
      SOUND,
      'SAMPLES_NOT_WRITTEN',
      { k6: { errors: ['write: no space left on device'] } },
    ],
    ['an exception', [...SOUND, sample('script_exceptions', 5)], 'SCRIPT_THREW'],
    [
      'a generator that nobody watched',
      SOUND,
      'GENERATOR_UNPROVEN',
      { run: { generator: { samples: [], cpus: 2, memoryBytes: 1e9 } } },
    ],
    ['Ctrl+C', SOUND, 'STOPPED_BY_USER', { run: { stoppedByUser: true } }],
    ['an early end', SOUND.filter(({ at }) => at < 60), 'ENDED_EARLY'],
  ]
  for (const [what, recording, code, changes] of cases) {
    test(what, async (t) => {
      const run = await judgeExample(t, { recording, objectives: [P95], ...changes })
      assert.equal(run.verdict, 'INVALID')
      assert.equal(run.reasons[0]?.code, code)
      assert.ok((run.objectives[0]?.measured ?? NaN) > 50)
    })
  }
})

test('where k6 never said when the load began, its own start is taken', async (t) => {
  const changes = { startMs: undefined, processMs: { start: START_MS, end: START_MS + 1e5 } }
  const run = await judgeExample(t, { recording: SOUND, objectives: [P95], run: changes })
  const usual = await judgeExample(t, { recording: SOUND, objectives: [P95] })
  assert.deepEqual(run.objectives, usual.objectives)
})
