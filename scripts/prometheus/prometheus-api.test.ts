import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { parts, POINTS_MAX, prometheusApi } from './prometheus-api.ts'

for (const { points, expected } of [
  { points: { startSeconds: 0, endSeconds: 10, stepSeconds: 5 }, expected: [[0, 10]] },
  { points: { startSeconds: 7, endSeconds: 7, stepSeconds: 5 }, expected: [[7, 7]] },
  { points: { startSeconds: 0, endSeconds: 12, stepSeconds: 5 }, expected: [[0, 10]] },
  { points: { startSeconds: 0, endSeconds: 10_999, stepSeconds: 1 }, expected: [[0, 10_999]] },
  {
    points: { startSeconds: 100, endSeconds: 11_100, stepSeconds: 1 },
    expected: [
      [100, 11_099],
      [11_100, 11_100],
    ],
  },
  {
    points: { startSeconds: 0, endSeconds: 5 * 25_000, stepSeconds: 5 },
    expected: [
      [0, 54_995],
      [55_000, 109_995],
      [110_000, 125_000],
    ],
  },
]) {
  const { startSeconds, endSeconds, stepSeconds } = points
  test(`${startSeconds} to ${endSeconds} by ${stepSeconds} s is ${expected.length} requests`, () => {
    const found = parts(points)
    assert.deepEqual(
      found.map((part) => [part.startSeconds, part.endSeconds]),
      expected,
    )
    for (const part of found) {
      assert.ok((part.endSeconds - part.startSeconds) / stepSeconds + 1 <= POINTS_MAX)
    }
  })
}

test('parts of a fractional step cover every point once', () => {
  const found = parts({ startSeconds: 0.1, endSeconds: 2_400.1, stepSeconds: 0.1 })
  const count = ({ startSeconds, endSeconds }: (typeof found)[number]): number =>
    Math.round((endSeconds - startSeconds) / 0.1) + 1
  assert.equal(
    found.map(count).reduce((sum, each) => sum + each, 0),
    24_001,
  )
})

async function server(t: TestContext, answer: RequestListener): Promise<string> {
  const listening = createServer(answer)
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  t.after(() => listening.close())
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

const POINTS = { startSeconds: 0, endSeconds: 10, stepSeconds: 5 }

test('the address to write to is one of the same Prometheus, credentials are those of runs', async (t) => {
  let seen = ''
  const url = await server(t, ({ url: path = '', headers }, response) => {
    seen = `${path} ${headers.authorization ?? ''}`
    response.end('{"status":"success","data":["b","a"]}')
  })
  const env = { K6_PROMETHEUS_RW_BEARER_TOKEN: 'secret' }
  assert.deepEqual(await prometheusApi(`${url}/api/v1/write`, env).labelValues('testid'), [
    'a',
    'b',
  ])
  assert.equal(seen, '/api/v1/label/testid/values?start=0 Bearer secret')
})

for (const [what, status, body, message, hint] of [
  [
    'a wrong query',
    400,
    '{"status":"error","error":"parse error"}',
    /status 400: parse error/,
    /up\(\(/,
  ],
  [
    'wrong credentials',
    401,
    'Unauthorized\n',
    /status 401: Unauthorized/,
    /K6_PROMETHEUS_RW_USERNAME/,
  ],
  ['another server', 200, '<html>hello', /status 200: <html>hello/, /up\(\(/],
  ['an empty answer', 502, '', /status 502: no Prometheus/, /up\(\(/],
] as const) {
  test(`${what} is one clear error`, async (t) => {
    const url = await server(t, (_, response) => {
      response.writeHead(status).end(body)
    })
    await assert.rejects(prometheusApi(url, {}).queryRange('up((', POINTS), {
      code: 'K6V_QUERY_REFUSED',
      message,
      hint,
    })
  })
}

test('nobody there is one clear error', async () => {
  await assert.rejects(prometheusApi('http://127.0.0.1:1', {}).queryRange('up', POINTS), {
    code: 'K6V_PROMETHEUS_UNREACHABLE',
    message: /http:\/\/127\.0\.0\.1:1, got no answer: \S/,
  })
})
