// Everything that is shown can be computed again: tables.sql and the SQL in verdict.json need only samples.parquet.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test, type TestContext } from 'node:test'
import { join } from 'node:path'
import { literal, openDatabase } from '../../samples/sample-database.ts'
import { judgeOpened, openRecording } from '../../../tests/support/verdict/example-judging.ts'
import {
  type ExampleSample,
  iterations,
  requests,
  sample,
  users,
} from '../../../tests/support/verdict/example-recording.ts'
import { TABLES_FILE } from './run-tables.ts'
import type { ObjectiveResult } from '../rules/judge-objective.ts'
import type { DriftDetails } from '../../indicators/drift.ts'

const SAMPLES: ExampleSample[] = [
  ...users(100),
  ...iterations({ from: 0, to: 100, perSecond: 40 }),
  ...requests({
    from: 0,
    to: 100,
    perSecond: 50,
    durationMs: (at, index) => 20 + at / 10 + ((index * 7_919) % 400),
    status: (_, index) => (index % 70 === 0 ? 500 : 200),
    tags: { segment: "it's free, or not" },
  }),
  ...Array.from({ length: 1_000 }, (_, index) => [
    sample('checks', index / 10, { value: Number(index % 30 > 0) }),
    sample('cost_usd', index / 10, { value: ((index * 31) % 97) / 100 }),
    sample('data_received', index / 10, { value: 100 + index }),
  ]).flat(),
]

type Row = Record<string, number | null>

/** Judges a recording, and runs the SQL of its objective in a database that knows nothing else. */
async function replay(t: TestContext, raw: Record<string, unknown>) {
  const opened = await openRecording(t, SAMPLES)
  const run = await judgeOpened(opened, { objectives: [raw] })
  const [objective] = (JSON.parse(JSON.stringify(run)) as typeof run).objectives
  assert(objective?.sql)

  const fresh = await openDatabase({ temporaryFolder: opened.folder })
  t.after(() => fresh.close())
  // The SQL names the file without its folder; in DuckDB's own shell one would change into it. There a
  // comma would end the path.
  const path = `${opened.folder}/samples.parquet`
  const sql = await readFile(join(opened.folder, TABLES_FILE), 'utf8')
  assert.equal(sql.split("read_parquet('samples.parquet')").length, 4, sql)
  await fresh.run(sql.replaceAll("'samples.parquet'", () => literal(path)))
  return { objective, rows: await fresh.rows<Row>(objective.sql) }
}

describe('the SQL of an objective gives its number again', () => {
  const cases: Record<string, unknown>[] = [
    { indicator: { latency: 'p95' }, limit: '< 1s' },
    { indicator: { latency: 'p99' }, limit: '< 1s', phases: ['hold'] },
    { indicator: { latency: 'p50' }, limit: '< 1s', where: { segment: "it's free, or not" } },
    { indicator: 'error-ratio', limit: '< 5%' },
    { indicator: 'availability', limit: '> 90%', where: { endpoint: 'POST /v1/enhance' } },
    { indicator: { apdex: '200ms' }, limit: '> 10%' },
    { indicator: { share: 'checks' }, limit: '> 10%' },
    { indicator: { rate: 'http_reqs' }, limit: '> 10/s' },
    { indicator: { rate: 'data_received' }, limit: '> 1B/s' },
    { indicator: { count: 'http_reqs' }, limit: '> 10 total' },
    { indicator: { statistic: 'avg of cost_usd' }, limit: '< 9 units' },
    { indicator: { statistic: 'p90 of cost_usd' }, limit: '< 9 units' },
    { indicator: { statistic: 'max of vus' }, limit: '>= 1 units' },
    { indicator: 'delivered-load', limit: '> 10%' },
  ]
  for (const raw of cases) {
    test(JSON.stringify(raw), async (t) => {
      const { objective, rows } = await replay(t, raw)
      const [{ value, samples = objective.samples } = {}, ...others] = rows
      assert.deepEqual(others, [])
      assert(objective.measured !== undefined && objective.measured > 0)
      const { measured } = objective
      assert.ok(Math.abs((value ?? NaN) - measured) <= 1e-12 * measured, `${value}, ${measured}`)
      assert.equal(samples, objective.samples)
    })
  }
})

test('the SQL of a drift gives its windows again', async (t) => {
  const raw = { indicator: { drift: 'latency.p50' }, limit: '< 900%' }
  const { objective, rows } = await replay(t, raw)
  const { windows: values } = (objective as ObjectiveResult & { details: DriftDetails }).details
  assert.equal(values.length, 16)
  assert.deepEqual(
    values.map(({ value, samples }) => [value, samples]),
    rows.slice(0, values.length).map(({ value, samples }) => [value, samples]),
  )
})

test('the SQL of an objective without a value runs as well', async (t) => {
  const raw = { indicator: { latency: 'p95' }, limit: '< 1s', where: { segment: 'nobody' } }
  const { objective, rows } = await replay(t, raw)
  assert.equal(objective.verdict, 'NO_DATA')
  assert.deepEqual([rows[0]?.['samples'], rows[0]?.['value']], [0, null])
})
