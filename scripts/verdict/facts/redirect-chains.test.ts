import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { pathLiteral } from '../../samples/sample-database.ts'
import { openRecording } from '../../../tests/support/verdict/example-judging.ts'
import type { ExampleSample } from '../../../tests/support/verdict/example-recording.ts'
import { request, sample, START_MS } from '../../../tests/support/verdict/example-recording.ts'
import { chainedRequestsSql, isRedirect, type RedirectFacts } from './redirect-chains.ts'

const UNKNOWN: RedirectFacts = { hasGivenUp: false }

interface Row {
  name: string
  status: string
  ms: number
  beganMs: number
  hops: number
  isLost: boolean
}

async function chained(
  t: TestContext,
  samples: ExampleSample[],
  facts: Partial<RedirectFacts> = {},
): Promise<Row[]> {
  const { database, folder, report } = await openRecording(t, samples)
  const file = `read_parquet(${pathLiteral(join(folder, 'samples.parquet'))})`
  const sql = chainedRequestsSql(file, report.columns, { ...UNKNOWN, ...facts })
  return database.rows<Row>(`SELECT name, status, value AS ms,
    (k6v_began_us - ${START_MS * 1_000}) / 1000.0 AS "beganMs", k6v_hops AS hops, k6v_is_lost AS "isLost"
    FROM (${sql}) ORDER BY k6v_began_us, ms`)
}

interface Chain {
  at: number
  /** Milliseconds and status of each request of it. */
  steps: [durationMs: number, status: number][]
  tags?: Record<string, string>
  names?: string[]
  /** @default 10, as k6 needs */
  gapUs?: number
}

/** Requests of one user, one right after the other. */
function chain({ at, steps, tags, names = [], gapUs = 10 }: Chain): ExampleSample[] {
  let now = at
  return steps.flatMap(([durationMs, status], index) => {
    const name = names[index]
    const own = { ...tags, ...(name !== undefined && { name }) }
    const sent = request({ at: now, durationMs, status, tags: own })
    now += durationMs / 1_000 + gapUs / 1e6
    return sent
  })
}

const HOP: Chain['steps'] = [
  [70, 307],
  [50, 200],
]

const redirect = (at: number): ExampleSample[] => chain({ at, steps: [[5, 302]] })

const every = (seconds: number, make: (at: number) => ExampleSample[]): ExampleSample[] =>
  Array.from({ length: 20 }, (_, index) => make(1 + index * seconds)).flat()

describe('a chain of redirects is one request, as long as all of it', () => {
  test('one hop before each answer', async (t) => {
    const rows = await chained(
      t,
      every(1, (at) =>
        chain({
          at,
          steps: HOP,
        }),
      ),
    )

    assert.equal(rows.length, 20)
    for (const [index, row] of rows.entries()) {
      const { name, status, hops, isLost } = row
      assert.deepEqual([name, status, hops, isLost], ['POST /v1/enhance', '200', 1, false])
      assert.ok(Math.abs(row.ms - 120) < 1e-6)
      assert.equal(row.beganMs, 1_000 + index * 1_000)
    }
  })

  test('several, whose URLs nobody has named, and another user in between', async (t) => {
    const names = ['http://a/1', 'http://a/2', 'http://b/3']
    const rows = await chained(t, [
      ...every(1, (at) =>
        chain({
          at,
          steps: [
            [10, 302],
            [20, 301],
            [30, 500],
          ],
          names,
        }),
      ),
      ...every(1, (at) =>
        request({ at: at + 0.005, durationMs: 40, tags: { name: 'GET /other' } }),
      ),
    ])

    assert.equal(rows.length, 40)
    const ended = rows.filter(({ hops }) => hops === 2)
    assert.equal(ended.length, 20)
    assert.ok(
      ended.every(
        ({ name, status, ms }) =>
          name === 'http://b/3' && status === '500' && Math.abs(ms - 60) < 1e-6,
      ),
    )
  })

  test('a new connection for the next hop takes its own time', async (t) => {
    const connected = (at: number): ExampleSample[] => [
      ...chain({
        at,
        steps: [
          [10, 307],
          [20, 200],
        ],
        gapUs: 80_000,
      }),
      sample('http_req_blocked', at + 0.03 + 0.08, {
        value: 79.99,
        tags: {
          name: 'POST /v1/enhance',
          status: '200',
          expected_response: 'true',
          method: 'POST',
        },
      }),
    ]
    const rows = await chained(t, every(1, connected))

    assert.deepEqual(
      rows.map(({ hops, ms }) => [hops, Math.round(ms)]),
      Array(20).fill([1, 30]),
    )
  })

  test('a loop that k6 gave up is lost, and counts once', async (t) => {
    const loop: Chain['steps'] = Array.from({ length: 11 }, () => [5, 307])
    const rows = await chained(
      t,
      every(1, (at) => chain({ at, steps: loop })),
      { hasGivenUp: true },
    )

    assert.equal(rows.length, 20)
    assert.ok(
      rows.every(({ hops, isLost, ms }) => hops === 10 && isLost && Math.abs(ms - 55) < 1e-6),
    )
  })

  test('one that the library has followed is what it says, however long between the hops', async (t) => {
    const followed = (at: number): ExampleSample[] => [
      ...chain({
        ...{ at, gapUs: 900, tags: { redirects: '2' } },
        steps: HOP,
      }),
      sample('followed_duration', at + 0.121, {
        value: 120,
        tags: { name: 'POST /v1/enhance', status: '200', redirects: '2' },
      }),
    ]
    const rows = await chained(t, every(1, followed))

    assert.deepEqual(
      rows.map(({ status, ms, hops, isLost }) => [status, ms, hops, isLost]),
      Array(20).fill(['200', 120, 0, false]),
    )
  })
})

describe('a redirect that nobody follows is an answer', () => {
  for (const { what, samples } of [
    { what: 'now and then', samples: every(1, redirect) },
    {
      what: 'of users who do nothing else, and wait for nothing',
      samples: every(0.005_01, redirect),
    },
    {
      what: 'of an endpoint that says so',
      samples: every(1, (at) =>
        chain({
          at,
          steps: HOP,
          tags: { redirects: '0' },
        }),
      ),
    },
    {
      what: 'and that the script takes for a failure',
      samples: every(1, (at) =>
        chain({
          at,
          steps: HOP,
          tags: { expected_response: 'false' },
        }),
      ),
    },
    {
      what: 'which another user happens to follow once',
      samples: [...every(1, redirect), ...request({ at: 1.005_02, durationMs: 7 })],
    },
  ]) {
    test(what, async (t) => {
      const rows = await chained(t, samples)

      assert.equal(rows.length, samples.length / 3)
      assert.ok(rows.every(({ hops, isLost }) => hops === 0 && !isLost))
    })
  }
})

test('a recording that does not know names or statuses has no redirects', () => {
  assert.equal(isRedirect(['metric', 'end_us', 'value', 'status']), 'false')
  assert.match(isRedirect(['metric', 'name', 'status']), /307/)
})
