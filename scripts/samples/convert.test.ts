import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { createRandom } from '../../lib/random.ts'
import { convertSamples, removeRaw } from './convert.ts'
import { convert, HEADER, line } from '../../tests/support/samples/example-csv.ts'
import { openDatabase } from './sample-database.ts'

test('a sample keeps its metric, time, value and tags', async (t) => {
  const sample = { metric_value: '12.345678', check: 'is fine', metadata: 'trace=1' }
  const { report, rows } = await convert(t, HEADER + line(sample))
  assert.deepEqual(rows, [
    {
      metric: 'http_req_duration',
      end_us: 1_795_274_766_000_001,
      value: 12.345678,
      check: 'is fine',
      error: null,
      name: 'GET /a',
      scenario: 'load',
      status: '200',
      metadata: 'trace=1',
      phase: 'hold',
      operation: 'read',
    },
  ])
  const { csvBytes, parquetBytes, columns, ...counted } = report ?? {}
  assert.deepEqual(counted, {
    rows: 1,
    rejectedLines: 0,
    firstRejected: [],
    isTorn: false,
    renamedTags: {},
  })
  assert.equal(csvBytes, (HEADER + line(sample)).length)
  assert(parquetBytes)
  assert.deepEqual(columns?.sort(), Object.keys(rows[0] ?? {}).sort())
})

test('a URL for a name loses its query, which may hold a secret; another name keeps all', async (t) => {
  const names = ['http://h/a?key=S#x', 'http://h/a#x', 'GET /a?sort=x', 'http://h/a']
  const { rows } = await convert(t, HEADER + names.map((name) => line({ name })).join(''))
  const kept = rows.map(({ name }) => name).sort()
  assert.deepEqual(kept, ['GET /a?sort=x', 'http://h/a', 'http://h/a', 'http://h/a'])
})

test('a run with other system tags is read like any other', async (t) => {
  const header = 'metric_name,timestamp,metric_value,vu,iter,extra_tags,metadata\n'
  const { rows } = await convert(t, `${header}iterations,7,1.000000,3,0,phase=hold,\n`)
  assert.deepEqual(rows, [
    {
      metric: 'iterations',
      end_us: 7,
      value: 1,
      vu: '3',
      iter: '0',
      metadata: null,
      phase: 'hold',
    },
  ])
})

test('a header alone is a table without rows, and no file is none', async (t) => {
  assert.equal((await convert(t, HEADER)).report?.rows, 0)
  for (const content of ['', HEADER.trim(), 'metric_na']) {
    assert.equal((await convert(t, content)).report, undefined)
  }
})

test('a message may hold commas, quotes, line breaks and whatever else', async (t) => {
  const error = '"dial ""tcp"", refused\nhttp_reqs,1,1.000000\r\nleft; ü"'
  const { report, rows } = await convert(t, HEADER + line() + line({ error }) + line())
  assert.equal(report?.rejectedLines, 0)
  assert.deepEqual(
    rows.map((row) => row['error']).filter((each) => each !== null),
    ['dial "tcp", refused\nhttp_reqs,1,1.000000\r\nleft; ü'],
  )
  assert.equal(rows.length, 3)
})

describe('neither threads nor the order of the lines make a difference', () => {
  // Over 8 MB, so that several threads read it; a third of its samples goes over two lines.
  const lines = Array.from({ length: 90_000 }, (_, index) =>
    line({
      timestamp: String(index),
      metric_value: `${index}.500000`,
      error:
        index % 3 === 0 ? `"dial ""tcp"", refused\n${index} left${' '.repeat(index % 90)}"` : '',
      extra_tags: `phase=${index % 7}&operation=${index % 11}`,
    }),
  )
  const content = (ordered: readonly string[]) => HEADER + ordered.join('')
  const expected = lines.map((_, index) => [index, index + 0.5, String(index % 7)])

  for (const threads of [1, 2, 4]) {
    test(`${threads} threads`, async (t) => {
      const { report, rows } = await convert(t, content(lines), threads)
      assert(report && report.csvBytes > 8e6)
      assert.equal(report.rejectedLines, 0)
      assert.deepEqual(
        rows.map(({ end_us, value, phase }) => [end_us, value, phase]).sort(byTime),
        expected,
      )
      assert.equal(rows.filter(({ error }) => error !== null).length, 30_000)
    })
  }

  test('shuffled', async (t) => {
    const random = createRandom(1)
    const shuffled = lines
      .map((each) => ({ each, place: random() }))
      .sort((one, other) => one.place - other.place)
      .map(({ each }) => each)
    const { rows } = await convert(t, content(shuffled))
    assert.deepEqual(
      rows.map(({ end_us, value, phase }) => [end_us, value, phase]).sort(byTime),
      expected,
    )
  })
})

function byTime([one]: unknown[], [other]: unknown[]): number {
  return Number(one) - Number(other)
}

describe('the CSV goes once the table holds all of it', () => {
  const cases = [
    { content: HEADER + line(), keep: false, isRemoved: true },
    { content: HEADER + line(), keep: true, isRemoved: false },
    { content: `${HEADER}${line()}torn`, keep: false, isRemoved: false },
    { content: HEADER + line({ metric_value: 'x' }), keep: false, isRemoved: false },
  ]
  for (const { content, keep, isRemoved } of cases) {
    test(`${JSON.stringify(content.slice(HEADER.length))}, keep: ${keep}`, async (t) => {
      const { report, csv } = await convert(t, content)
      assert(report)
      assert.equal(await removeRaw([csv], report, keep), isRemoved)
      assert.equal(existsSync(csv), !isRemoved)
    })
  }
})

test('nothing half-written is left in the folder', async (t) => {
  const { csv } = await convert(t, HEADER + line())
  assert.deepEqual((await readdir(dirname(csv))).sort(), ['samples.csv', 'samples.parquet'])
})

test('where one folder cannot be written to, another can', async (t) => {
  const { csv } = await convert(t, HEADER + line() + line({ metric_value: 'x' }))
  const folder = dirname(csv)
  const database = await openDatabase({ temporaryFolder: folder })
  t.after(() => database.close())
  await assert.rejects(convertSamples({ database, csv, parquet: join(folder, 'no', 'x.parquet') }))
  const report = await convertSamples({ database, csv, parquet: join(folder, 'x.parquet') })
  assert.deepEqual([report?.rows, report?.rejectedLines], [1, 1])
})
