import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openExample, openRecording } from '../../../tests/support/verdict/example-judging.ts'
import {
  request,
  requests,
  sample,
  START_MS,
  users,
} from '../../../tests/support/verdict/example-recording.ts'
import { createJudgedTables, judgedTablesSql } from './judged-tables.ts'
import { timelineOf } from '../../indicators/timeline.ts'

// The plan of the examples: warm-up to 10 s, ramp-up to 30 s, hold to 90 s, ramp-down to 100 s.
const PHASES = [
  { name: 'hold', startSeconds: 0, endSeconds: 10, target: 1 },
  { name: 'ramp-down', startSeconds: 10, endSeconds: 20, target: 0 },
]

interface Row {
  at_us: number
  phase: string | null
  duration_ms: number
  failed: boolean
}

describe('a request belongs to the phase in which it was sent', () => {
  const cases: [at: number, durationMs: number, phase: string | null][] = [
    [-0.1, 50, null],
    [-0.1, 500, null],
    [0, 50, 'warm-up'],
    [9.999999, 30_000, 'warm-up'],
    [10, 1, 'ramp-up'],
    [29.9, 99.999, 'ramp-up'],
    [29.9, 500, 'ramp-up'],
    [30, 0, 'hold'],
    [89.999999, 0.0004, 'hold'],
    [99.999999, 60_000, 'ramp-down'],
    [100, 1, null],
  ]
  for (const [at, durationMs, phase] of cases) {
    test(`sent at ${at} s, done ${durationMs} ms later: ${phase ?? 'none'}`, async (t) => {
      const tags = { phase: 'said-by-the-script' }
      const { database } = await openExample(t, { samples: request({ at, durationMs, tags }) })
      const rows = await database.rows<Row>('SELECT at_us, phase, duration_ms FROM requests')
      const at_us = START_MS * 1_000 + Math.round(at * 1e6)
      assert.deepEqual(rows, [{ at_us, phase, duration_ms: Number(durationMs.toFixed(6)) }])
    })
  }
})

test('any other sample belongs to the phase in which k6 recorded it', async (t) => {
  const times = [-1, 0, 9.9, 10, 89.9, 90, 100]
  const { database } = await openExample(t, { samples: times.map((at) => sample('checks', at)) })
  const rows = await database.rows<Row>('SELECT at_us, phase FROM samples ORDER BY at_us')
  assert.deepEqual(
    rows.map(({ phase }) => phase),
    [null, 'warm-up', 'warm-up', 'ramp-up', 'hold', 'ramp-down', 'ramp-down'],
  )
})

// k6 stamps a check when it is made: that of a request which hung may be made in another phase, or after the plan.
test('a sample belongs to the phase in which its iteration began, where its tag says so', async (t) => {
  const hung = [95, 130].map((at) => sample('checks', at, { tags: { phase: 'hold' } }))
  const own = sample('checks', 50, { tags: { phase: 'of-the-user' } })
  const { database } = await openExample(t, { samples: [...hung, own] })
  assert.deepEqual(await database.rows('SELECT phase, count(*) AS n FROM samples GROUP BY 1'), [
    { phase: 'hold', n: 3 },
  ])
})

test('what is tagged judged=no is left out', async (t) => {
  const tagged = (at: number, judged: string) => request({ at, durationMs: 1, tags: { judged } })
  const samples = [...tagged(5, 'if-named'), ...tagged(40, 'no'), ...tagged(50, 'yes')]
  const { database } = await openExample(t, { samples })
  assert.deepEqual(await database.rows('SELECT phase FROM requests ORDER BY at_us'), [
    { phase: 'warm-up' },
    { phase: 'hold' },
  ])
})

test('log-ins, setup() and teardown() are left out, and what k6 says of its users is not', async (t) => {
  const auth = { operation: 'auth' }
  const setup = { scenario: undefined, operation: undefined }
  const { database } = await openExample(t, {
    samples: [
      ...request({ at: 40, durationMs: 1 }),
      ...request({ at: 41, durationMs: 2, tags: auth }),
      ...request({ at: 42, durationMs: 3, tags: setup }),
      ...request({ at: 43, durationMs: 4, tags: { operation: undefined } }),
      sample('checks', 44, { tags: auth }),
      sample('checks', 45, { tags: setup }),
      sample('checks', 46),
      ...users(0),
    ],
  })
  const sent = await database.rows<Row>('SELECT duration_ms FROM requests ORDER BY ALL')
  assert.deepEqual(
    sent.map(({ duration_ms }) => duration_ms),
    [1, 4],
  )
  const counted = `SELECT metric, count(*) AS n FROM samples
    WHERE metric NOT LIKE 'http%' GROUP BY 1 ORDER BY 1`
  assert.deepEqual(await database.rows(counted), [
    { metric: 'checks', n: 1 },
    { metric: 'vus', n: 1 },
    { metric: 'vus_max', n: 1 },
  ])
})

describe('a request has failed when k6 did not expect its answer, or else by its status', () => {
  const cases: [expected: string | undefined, status: string | undefined, failed: boolean][] = [
    ['true', '200', false],
    ['true', '404', false],
    ['false', '200', true],
    ['false', undefined, true],
    [undefined, '200', false],
    [undefined, '399', false],
    [undefined, '400', true],
    [undefined, '199', true],
    [undefined, '0', true],
    [undefined, 'ok', true],
    [undefined, undefined, true],
  ]
  for (const [expected_response, status, failed] of cases) {
    test(`expected ${expected_response ?? 'unknown'}, status ${status ?? 'unknown'}`, async (t) => {
      const tags = { expected_response, status }
      const { database } = await openExample(t, {
        samples: request({ at: 40, durationMs: 1, tags }),
      })
      assert.deepEqual(await database.rows('SELECT failed FROM requests'), [{ failed }])
    })
  }
})

test('a recording without these tags has only failures, and no log-in is known', async (t) => {
  const header = 'metric_name,timestamp,metric_value,extra_tags,metadata\n'
  const us = (START_MS + 5_000) * 1_000
  const text = `${header}http_req_duration,${us},7.000000,region=eu,\nchecks,${us},1.000000,,\n`
  const { database, folder, report } = await openRecording(t, text)
  const timeline = timelineOf(PHASES, START_MS)
  const sql = judgedTablesSql(`${folder}/samples.parquet`, report.columns, { timeline })
  await createJudgedTables(database, sql)
  assert.deepEqual(await database.rows('SELECT phase, duration_ms, failed, region FROM requests'), [
    { phase: 'hold', duration_ms: 7, failed: true, region: 'eu' },
  ])
  assert.equal((await database.rows('SELECT * FROM samples')).length, 2)
})

test('values that are no numbers are in neither table', async (t) => {
  const odd = ['NaN', '+Inf', '-Inf'].flatMap((value) => [
    sample('http_req_duration', 40, { value, tags: { expected_response: 'true' } }),
    sample('cost_usd', 40, { value }),
  ])
  const { database } = await openExample(t, {
    samples: [...odd, ...requests({ from: 40, to: 41, perSecond: 5 }), sample('cost_usd', 41)],
  })
  const count = async (table: string) => (await database.rows(`SELECT * FROM ${table}`)).length
  assert.equal(await count('requests'), 5)
  assert.equal(await count("samples WHERE metric = 'cost_usd'"), 1)
})

test('tags named like what the tables have are told apart from it', async (t) => {
  const tags = { failed: 'no', duration_ms: 'long', at_us: 'noon', value: 'v', phase: 'x' }
  const { database, renamedTags } = await openExample(t, {
    samples: request({ at: 40, durationMs: 1, tags }),
  })
  const [row] = await database.rows<Record<string, unknown>>('SELECT * FROM requests')
  assert.deepEqual(
    ['failed', 'duration_ms', 'at_us', 'value'].map((tag) => row?.[renamedTags[tag] ?? '']),
    ['no', 'long', 'noon', 'v'],
  )
  assert.deepEqual([row?.['failed'], row?.['duration_ms'], row?.['phase']], [false, 1, 'hold'])
})

test('a plan without phases has no judged time', async (t) => {
  const plan = { phases: [] }
  const { database } = await openExample(t, { samples: request({ at: 4, durationMs: 1 }), plan })
  assert.deepEqual(await database.rows('SELECT phase FROM requests'), [{ phase: null }])
})
