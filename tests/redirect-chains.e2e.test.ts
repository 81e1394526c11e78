// Redirects in the real k6: whoever follows them, a chain is one request, and a loop is a failure.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathLiteral } from '../scripts/samples/sample-database.ts'
import { openRecording } from './support/verdict/example-judging.ts'
import { chainedRequestsSql } from '../scripts/verdict/facts/redirect-chains.ts'
import { recordScript } from './recorded-script.ts'

const HOP_MS = 70
const ANSWER_MS = 50

const SCRIPT = `
import http from 'k6/http'
import { sleep } from 'k6'
export const options = { vus: 8, iterations: 80 }
export default () => {
  http.post(__ENV.TARGET + '/moved', 'body', { tags: { name: 'POST /moved' } })
  http.get(__ENV.TARGET + '/moved')
  http.get(__ENV.TARGET + '/loop', { tags: { name: 'GET /loop' } })
  http.get(__ENV.TARGET + '/moved', { tags: { name: 'GET /leads' }, redirects: 0 })
  sleep(0.02)
}
`

interface Row {
  name: string
  status: string
  hops: number
  isLost: boolean
  requests: number
  p50: number
}

test('one hop before each answer, a loop, and a redirect that is the answer', async (t) => {
  const server = createServer(({ url = '' }, response) => {
    const [location, waitMs] =
      url === '/moved' ? ['/here', HOP_MS] : url === '/loop' ? ['/loop', 0] : [undefined, ANSWER_MS]
    const answer = location === undefined ? response : response.writeHead(307, { location })
    setTimeout(() => answer.end('{}'), waitMs)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { csv, log, outcome } = await recordScript(SCRIPT, target).finally(() => server.close())

  assert.deepEqual(outcome, { exitCode: 0, interruptedIterations: 0 })
  assert.equal(log.redirectsGivenUp, 80)
  const { database, folder, report } = await openRecording(t, csv)
  const file = `read_parquet(${pathLiteral(join(folder, 'samples.parquet'))})`
  const facts = { hasGivenUp: true }
  const rows =
    await database.rows<Row>(`SELECT name, status, k6v_hops AS hops, k6v_is_lost AS "isLost",
    count(*) AS requests, median(value) AS p50 FROM (${chainedRequestsSql(file, report.columns, facts)})
    GROUP BY ALL ORDER BY name, hops DESC`)

  const lost = rows.filter(({ isLost }) => isLost)
  assert.ok(lost.every(({ name }) => name === 'GET /loop'))
  assert.ok(lost.reduce((sum, { requests }) => sum + requests, 0) >= 76)
  // Which of two VUs' hops was first is sometimes taken wrongly. And where another process took the CPU between
  // two hops, the gap is too long for one chain: they stay two requests (6 of 80 on a busy machine).
  const most = rows.filter(({ requests }) => requests > 20)
  assert.deepEqual(
    most.map(({ name, status, hops, isLost }) => [name, status, hops, isLost]),
    [
      ['GET /leads', '307', 0, false],
      ['GET /loop', '307', 10, true],
      ['POST /moved', '200', 1, false],
      [`${target}/here`, '200', 1, false],
    ],
  )
  for (const { name, requests, p50 } of most) {
    assert.ok(
      requests <= 84 && requests >= (name === 'GET /loop' ? 20 : 60),
      `${requests} of ${name}`,
    )
    const waitedMs = name === 'GET /leads' ? HOP_MS : name === 'GET /loop' ? 0 : HOP_MS + ANSWER_MS
    assert.ok(p50 >= waitedMs && p50 < waitedMs + 60, `${name}: ${p50} ms`)
  }
})
