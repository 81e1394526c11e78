// What arrives at a server, and what k6 records of it, when a user repeats itself and when it does not.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { runLibrary } from './library-run.ts'

const SCRIPT = `
import { endpoint } from './endpoint.ts'
import { createSend } from './session.ts'

const LIST = endpoint('GET /things')
const ONE = endpoint('GET /things/:id')
const ADD = endpoint('POST /things')
const here = createSend(__ENV.HERE)
const there = createSend(__ENV.THERE)

export const options = {
  thresholds: {
    http_reqs: ['count==12'],
    'http_reqs{name:GET /things}': ['count==7'],
    'http_reqs{name:GET /things/:id}': ['count==2'],
    'http_reqs{name:POST /things}': ['count==3'],
    'http_reqs{mine:yes}': ['count==1'],
  },
}

export default () => {
  here(LIST)
  here(LIST)
  here(LIST, undefined, { query: { page: 2 } })
  there(LIST)
  here(LIST)
  here(ADD, { a: 1 })
  here(ADD, { a: 2 })
  here(ADD)
  here(LIST, undefined, { tags: { mine: 'yes', name: 'not this' } })
  here(LIST, undefined, { headers: { 'x-own': '1' } })
  here(ONE, undefined, { params: { id: '7' } })
  here(ONE, undefined, { params: { id: 'a b' } })
}
`

test("each request goes where it is sent, with its own body and headers, under its endpoint's name", async () => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    const { host = '', 'content-type': type = '-', 'x-own': own = '-' } = request.headers
    const place = host.startsWith('localhost') ? 'there' : 'here'
    let body = ''
    request.on('data', (chunk: Buffer) => (body += String(chunk)))
    request.on('end', () => {
      seen.push([place, request.method, request.url, type, String(own), body].join(' ').trim())
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as AddressInfo
    const env = { HERE: `http://127.0.0.1:${port}`, THERE: `http://localhost:${port}` }
    const { exitCode, stderr } = await runLibrary({ script: { text: SCRIPT, folder: 'lib' }, env })

    assert.equal(exitCode, 0, stderr)
    assert.deepEqual(seen, [
      'here GET /things - -',
      'here GET /things - -',
      'here GET /things?page=2 - -',
      'there GET /things - -',
      'here GET /things - -',
      'here POST /things application/json - {"a":1}',
      'here POST /things application/json - {"a":2}',
      'here POST /things - -',
      'here GET /things - -',
      'here GET /things - 1',
      'here GET /things/7 - -',
      'here GET /things/a%20b - -',
    ])
  } finally {
    server.close()
  }
})

const UNUSUAL = `
import { check } from 'k6'
import http from 'k6/http'
import { endpoint } from '../lib/endpoint.ts'
import { createSend, expectNoRedirects } from '../lib/session.ts'

const HANG = endpoint('GET /hang')
const MOVED = endpoint('GET /moved')
const FOLLOWED = endpoint('GET /followed', { redirects: 2 })
const LEADS = endpoint('GET /leads', { redirects: 0 })
const LOOP = endpoint('GET /loop', { redirects: 3 })
const SAME = endpoint('GET /same')
const send = createSend(__ENV.TARGET, undefined, 500)
expectNoRedirects()

const failed = (name, share) => ({ ['http_req_failed{name:GET /' + name + '}']: ['rate==' + share] })
export const options = {
  maxRedirects: 0,
  thresholds: {
    checks: ['rate==1'],
    'http_reqs{error_code:1050}': ['count==2'],
    ...failed('hang', 1),
    ...failed('moved', 1),
    ...failed('followed', 0),
    ...failed('leads', 0),
    ...failed('same', 0),
  },
}

const statusIs = (answer, status) => check(answer, { [answer.url + ' ' + status]: () => answer.status === status })
const lasted = (answer, ms) => check(answer, { waited: () => Math.abs(answer.timings.duration - ms) < 300 })

export default () => {
  lasted(send(HANG), 500)
  lasted(send(HANG, undefined, { timeout: '900ms' }), 900)
  statusIs(send(MOVED), 307)
  statusIs(send(FOLLOWED), 200)
  statusIs(send(LEADS), 307)
  statusIs(send(LOOP), 307)
  statusIs(send(SAME), 304)
  statusIs(http.get(__ENV.TARGET + '/moved'), 307)
}
`

test('a request times out, and no redirect is followed, unless the request or its endpoint says otherwise', async () => {
  const other: string[] = []
  const elsewhere = createServer(({ url = '' }, response) => {
    other.push(url)
    response.end('{}')
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  const away = `http://name:word@localhost:${(elsewhere.address() as AddressInfo).port}/away?key=secret`
  const locations: Record<string, string> = {
    '/moved': away,
    '/leads': away,
    '/followed': '/hop',
    '/hop': '/end',
    '/loop': '/loop',
  }
  const seen: string[] = []
  const server = createServer(({ url = '' }, response) => {
    seen.push(url)
    const location = locations[url]
    if (location !== undefined) response.writeHead(307, { location }).end()
    else if (url === '/same') response.writeHead(304).end()
    else if (url !== '/hang') response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const env = { TARGET: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
    const script = { text: UNUSUAL, folder: 'lib' }
    const { exitCode, stderr } = await runLibrary({ script, env })

    assert.equal(exitCode, 0, stderr)
    assert.deepEqual(other, [])
    assert.equal(seen.filter((url) => url === '/loop').length, 1 + 3)
    // Where it leads to is said, and nothing of it that could be a secret.
    assert.match(stderr, /GET \/moved answered with a redirect to http:\/\/localhost:\d+, which/)
    assert.doesNotMatch(stderr, /secret|word@/)
  } finally {
    server.close()
    elsewhere.close()
  }
})
