// The dashboards' numbers, from a real Prometheus that holds known ones.
import assert from 'node:assert/strict'
import { parse } from 'but-csv'
import { after, before, test } from 'node:test'
import {
  exported,
  filledPrometheus,
  LONG_START_MS,
  REQUESTS,
  RUN_POINTS,
  START_MS,
  STEP_MS,
  TESTID,
  USERS,
} from './filled-prometheus.ts'
import { skipWithoutPrometheus, type TestPrometheus } from './start-prometheus.ts'

const skip = skipWithoutPrometheus()

let prometheus: TestPrometheus | undefined

before(async () => {
  prometheus = skip ? undefined : await filledPrometheus()
})
after(() => prometheus?.close())

/** What is asked for of the overview of a run. */
function overview(testid = TESTID, ...more: string[]): string[] {
  const from = ['--from-prometheus', prometheus?.url ?? '', '--testid', testid]
  return [...from, '--board', 'run-overview', ...more]
}

/** Rows of the series in which the numbers of users are known. */
function usersOf(text: string): string[][] {
  const rows = parse(text.trimEnd())
  return rows.filter(([, , panel, query]) => panel === 'Users' && query === 'At work')
}

test(
  'each number is what was written, at every point, and rows are counted',
  { skip },
  async (t) => {
    const { exitCode, stdout, stderr, files, text } = await exported(t, overview())
    assert.deepEqual([exitCode, stderr, files], [0, '', ['dashboards.csv']])
    const [titles = [], ...rows] = parse(text.trimEnd())
    assert.deepEqual(titles, [
      'testid',
      'board',
      'panel',
      'query',
      'labels',
      'time',
      'value',
      'unit',
    ])
    const [, told = ''] = /dashboards\.csv: ([\d,]+) rows/.exec(stdout) ?? []
    assert.equal(rows.length, Number(told.replaceAll(',', '')))

    const users = usersOf(text)
    assert.ok(
      users.every(([testid, , , , , , value]) => testid === TESTID && value === String(USERS)),
    )
    const times = users.map((row) => Date.parse(row[5] ?? ''))
    const inRun = times.filter((ms) => ms >= START_MS && ms < START_MS + RUN_POINTS * STEP_MS)
    assert.equal(inRun.length, RUN_POINTS)
    assert.ok(times.every((ms, index) => index === 0 || ms - (times[index - 1] ?? 0) === STEP_MS))
  },
)

test('a rate is the one that Prometheus answers, and no name is a formula', { skip }, async (t) => {
  const { text } = await exported(t, overview())
  const rates = parse(text.trimEnd()).filter(([, , panel]) => panel === 'Requests per second')
  assert.ok(rates.length >= 2 * (RUN_POINTS - 5))
  for (const [, , , query = '', , time = '', value, unit] of rates.slice(20, 24)) {
    assert.equal(unit, 'reqps')
    assert.ok(["'=cmd()", 'GET /'].includes(query), query)
    const name = query.replace("'", '')
    const rate = `sum(rate(k6_http_reqs_total{testid="${TESTID}", name="${name}"}[20s]))`
    assert.equal(Number(value), await prometheus?.valueOf(rate, Date.parse(time)))
  }
})

interface Row {
  panel: string
  query: string
  value: number
  labels: { name: string }
}

test('a table is one moment, the last one, and its totals are exact', { skip }, async (t) => {
  const { files, text } = await exported(t, overview(TESTID, '--format', 'json'))
  assert.deepEqual(files, ['dashboards.ndjson'])
  const lines = text.trimEnd().split('\n')
  const totals = lines
    .map((line) => JSON.parse(line) as Row)
    .filter(({ panel, query }) => panel === 'Endpoints' && query === 'Requests')
    .map(({ labels, value }) => [labels.name, value] as const)
  const expected = Object.entries(REQUESTS).map(([name, each]) => [name, each * (RUN_POINTS - 1)])
  assert.equal(totals.length, expected.length)
  assert.deepEqual(Object.fromEntries(totals), Object.fromEntries(expected))
})

test('more points than one answer may have come in several, on one grid', { skip }, async (t) => {
  const at = (ms: number): string => new Date(ms).toISOString()
  const span = ['--start', at(LONG_START_MS), '--end', at(LONG_START_MS + 14_000_000)]
  const { exitCode, stderr, text } = await exported(
    t,
    overview('long-run', ...span, '--step', '1s'),
  )
  assert.deepEqual([exitCode, stderr], [0, ''])
  const users = usersOf(text)
  assert.equal(users.length, 14_001)
  assert.deepEqual(
    users.map((row) => Number(row[6])),
    users.map((_, second) => Math.floor((second * 1_000) / STEP_MS)),
  )
})

test('a part of a run is chosen by the time since its first push', { skip }, async (t) => {
  const span = ['--start', '1m', '--end', '2m', '--step', '10s']
  const users = usersOf((await exported(t, overview(TESTID, ...span))).text)
  assert.ok(users.length >= 7 && users.length <= 8, `${users.length} points`)
  const first = Date.parse(users[0]?.[5] ?? '')
  assert.ok(first >= START_MS + 45_000 && first <= START_MS + 60_000)
})

test('two runs are in one file, each with its own time', { skip }, async (t) => {
  const { text } = await exported(t, overview(TESTID, '--testid', 'long-run', '--step', '1m'))
  const counted = (testid: string) => usersOf(text).filter(([id]) => id === testid).length
  assert.ok(counted(TESTID) >= 10 && counted('long-run') >= 240)
})

test('an unknown testid is one clear error that names the known ones', { skip }, async (t) => {
  const { exitCode, stderr, files } = await exported(t, overview('long-ru'))
  assert.deepEqual([exitCode, files], [2, []])
  const message =
    /^error K6V_UNKNOWN_TESTID: .*"long-ru"; did you mean "long-run"\?\n {2}It has: long-run, 2026/
  assert.match(stderr, message)
})

for (const [what, args, code] of [
  ['no testid', ['--from-prometheus'], 'K6V_WRONG_USAGE'],
  ['a run and a Prometheus', ['latest', '--from-prometheus'], 'K6V_WRONG_USAGE'],
  ['neither', ['--format', 'csv'], 'K6V_WRONG_USAGE'],
  ['a PDF of nothing', ['--pdf', '--testid', 'a'], 'K6V_WRONG_USAGE'],
  ['no such board', ['--from-prometheus', '--testid', 'a', '--board', 'x'], 'K6V_WRONG_VALUE'],
  ['a step of 0', ['--from-prometheus', '--testid', 'a', '--step', '0s'], 'K6V_WRONG_VALUE'],
  ['Parquet', ['--from-prometheus', '--testid', 'a', '--format', 'parquet'], 'K6V_WRONG_VALUE'],
] as const) {
  test(`${what} is one clear error, and leaves no file`, async (t) => {
    const { exitCode, stderr, files } = await exported(t, args)
    assert.match(stderr, new RegExp(`^error ${code}: .*\\n {2}\\S`))
    assert.deepEqual([exitCode, files], [2, []])
  })
}

test('nobody there is one clear error', async (t) => {
  const args = ['--from-prometheus', 'http://127.0.0.1:1', '--testid', 'a']
  const { exitCode, stderr, files } = await exported(t, args)
  assert.match(stderr, /^error K6V_PROMETHEUS_UNREACHABLE: .*\n {2}Start it again with/)
  assert.deepEqual([exitCode, files], [1, []])
})
