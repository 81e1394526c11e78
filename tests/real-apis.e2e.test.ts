// Requests as real APIs take them, in the real k6: what arrives, what is a good response, and where they may go.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runLibrary } from './library-run.ts'
import { type ApiServer, startApi } from './api-server.ts'

async function run(text: string, env: Record<string, string> = {}) {
  const server = await startApi()
  try {
    const target = { TARGET: server.url, OTHER: server.url.replace('127.0.0.1', 'localhost') }
    const ran = await runLibrary({
      script: { text: `${IMPORTS}\n${text}`, folder: 'lib' },
      env: { ...target, ...env },
    })
    return { ...ran, server }
  } finally {
    await server.close()
  }
}

const IMPORTS = `
import { check } from 'k6'
import http from 'k6/http'
import { endpoint } from '../lib/endpoint.ts'
import { answerValidator } from '../lib/metric-validators.ts'
import { createSend, NOBODY } from '../lib/session.ts'
import { graphqlOperation, noErrors } from '../lib/graphql.ts'
const send = createSend(__ENV.TARGET, { ...NOBODY, headers: { 'X-Key': 'key-word' } }, 2000)
`

const seen = ({ requests }: ApiServer, ...names: (keyof ApiServer['requests'][0])[]): string[] =>
  requests.map((request) => names.map((name) => request[name]).join(' | '))

test('bodies are JSON, a form, a multipart form, a text or bytes', async () => {
  const { exitCode, stderr, server } = await run(`
const ADD = endpoint('POST /echo')
const photo = http.file(new Uint8Array([1, 2, 255]).buffer, 'photo.jpg', 'image/jpeg')
export default () => {
  send(ADD, { a: [1, 'ä'] })
  send(ADD, { a: '1 &', b: 2 }, { as: 'form' })
  send(ADD, { name: 'ann', photo }, { as: 'form' })
  send(ADD, '<order/>')
  send(ADD, 'a=1', { headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  send(ADD, new Uint8Array([0, 128, 255]).buffer)
  send(ADD)
}`)

  assert.equal(exitCode, 0, stderr)
  const [json, form, multipart, text, own, bytes, none] = seen(server, 'type', 'body')
  assert.equal(json, 'application/json | {"a":[1,"ä"]}')
  assert.equal(form, 'application/x-www-form-urlencoded | a=1+%26&b=2')
  assert.match(multipart ?? '', /^multipart\/form-data; boundary=.*name="name".*ann/s)
  assert.match(multipart ?? '', /filename="photo.jpg"\r\nContent-Type: image\/jpeg/)
  assert.equal(text, 'text/plain; charset=utf-8 | <order/>')
  assert.equal(own, 'application/x-www-form-urlencoded | a=1')
  assert.equal(bytes, `application/octet-stream | ${Buffer.from([0, 128, 255]).toString()}`)
  assert.equal(none, ' | ')
})

test('a request says its own query, cookies, time-out and type of response', async () => {
  const { exitCode, stderr, server } = await run(`
const GET = endpoint('GET /echo')
const SLOW = endpoint('GET /slow')
export const options = { thresholds: { checks: ['rate==1'], 'http_reqs{error_code:1050}': ['count==1'] } }
export default () => {
  send(GET, undefined, { query: { tag: ['a', 'b&c'], page: 2, deep: true, none: undefined } })
  send(GET, undefined, { cookies: { theme: 'dark' } })
  const bytes = send(GET, undefined, { responseType: 'binary' }).body
  const nothing = send(GET, undefined, { responseType: 'none' }).body
  const slow = send(SLOW, undefined, { timeout: '300ms' })
  check(null, { binary: () => bytes.byteLength > 0, none: () => nothing === null, slow: () => slow.status === 0 })
}`)

  assert.equal(exitCode, 0, stderr)
  const [query, cookie] = seen(server, 'url', 'cookie')
  assert.equal(query, '/echo?tag=a&tag=b%26c&page=2&deep=true | ')
  assert.equal(cookie, '/echo | theme=dark')
})

test('the statuses of an endpoint are those of the check, the error ratio and the latency', async () => {
  const { exitCode, stderr } = await run(`
const LOOK_UP = endpoint('GET /maybe/:id', { statuses: [200, 404] })
const ONCE = endpoint('GET /maybe/:id', { label: 'said by its validator' })
const STRICT = endpoint('GET /maybe/:id', { label: 'found' })
const validators = [[LOOK_UP, {}], [ONCE, { status: [200, 404] }], [STRICT, {}]].map(([route, rules]) => [route, answerValidator(route, rules)])
const of = (name) => '{name:GET /maybe/:id' + name + '}'
export const options = { iterations: 4, thresholds: {
  ['http_req_failed' + of('')]: ['rate==0'],
  ['http_req_failed' + of(' said by its validator')]: ['rate==0'],
  ['http_req_failed' + of(' found')]: ['rate==0.5'],
  ['http_reqs{expected_response:true,name:GET /maybe/:id}']: ['count==4'],
  'answers_rejected{reason:status-404}': ['count==2'],
  checks: ['rate>0.8', 'rate<0.85'],
} }
export default () => validators.forEach(([route, validate]) =>
  validate(send(route, undefined, { params: { id: String(__ITER) } })))
`)
  assert.equal(exitCode, 0, stderr)
})

test('operations of GraphQL are endpoints of their own, and errors with status 200 are rejected', async () => {
  const { exitCode, stderr, server } = await run(`
const LIST = graphqlOperation('POST /graphql', 'query ListItems($first: Int) { items(first: $first) { id } }')
const BAD = graphqlOperation('POST /graphql', 'mutation Bad { bad }')
const validateList = answerValidator(LIST.endpoint, { rules: { 'no-errors': noErrors } })
const validateBad = answerValidator(BAD.endpoint, { rules: { 'no-errors': noErrors } })
export const options = { thresholds: {
  'http_reqs{name:POST /graphql ListItems}': ['count==1'],
  'http_reqs{name:POST /graphql Bad}': ['count==1'],
  'answers_rejected{reason:no-errors,name:POST /graphql Bad}': ['count==1'],
  answers_rejected: ['count==1'],
} }
export default () => {
  validateList(send(LIST.endpoint, LIST.body({ first: 3 })))
  validateBad(send(BAD.endpoint, BAD.body()))
}`)

  assert.equal(exitCode, 0, stderr)
  assert.match(seen(server, 'body')[0] ?? '', /"operationName":"ListItems".*"first":3/)
})

test('an endpoint on another host gets no log-in unless it asks for it', async () => {
  const { exitCode, stderr, server } = await run(`
const HERE = endpoint('GET /echo')
const THERE = endpoint('GET ' + __ENV.OTHER + '/echo')
const WITH = endpoint('POST ' + __ENV.OTHER + '/echo', { withLogIn: true })
export default () => [HERE, THERE, WITH].forEach((route) => send(route))
`)
  assert.equal(exitCode, 0, stderr)
  assert.deepEqual(
    seen(server, 'host', 'key').map((line) => line.replace(/:\d+/, '')),
    ['127.0.0.1 | key-word', 'localhost | ', 'localhost | key-word'],
  )
})

test('the hops of a chain carry its number, and the chain is one request of its endpoint', async () => {
  const { exitCode, stderr, server } = await run(`
const OLD = endpoint('GET /hop/:n')
const validate = answerValidator(OLD, {})
export const options = { maxRedirects: 0, thresholds: {
  'http_reqs{name:GET /hop/:n,redirects:3}': ['count==3'],
  'http_reqs{hop:1}': ['count==1'],
  'http_reqs{hop:2}': ['count==1'],
  'followed_duration{name:GET /hop/:n,status:200}': ['max>0'],
  http_req_failed: ['rate==0'],
  checks: ['rate==1'],
} }
export default () => validate(send(OLD, undefined, { params: { n: '2' }, redirects: 3, cookies: { a: 'b' } }))
`)
  assert.equal(exitCode, 0, stderr)
  assert.deepEqual(seen(server, 'url', 'cookie'), ['/hop/2 | a=b', '/hop/1 | a=b', '/hop/0 | a=b'])
})

test('all mistakes of a validator are named in init code', async () => {
  const { exitCode, stderr } = await run(`
answerValidator(endpoint('GET /echo'), { schema: { minimun: 1 }, durationMsMx: 5 })
export default () => undefined
`)
  assert.equal(exitCode, 107)
  assert.match(stderr, /The workload has 2 mistakes/)
  assert.match(stderr, /minimun.*did you mean minimum\?/)
  assert.match(stderr, /durationMsMx.*did you mean durationMsMax\?/)
})

for (const { allowed, exitCode } of [
  { allowed: 'x.invalid', exitCode: 107 },
  { allowed: 'x.invalid,127.0.0.2', exitCode: 0 },
]) {
  test(`setup() with an endpoint on a host that nobody allowed: ${allowed} gives ${exitCode}`, async () => {
    const text = `
import { noLogin } from '../lib/auth-setup.ts'
import { setupOf } from '../lib/setup.ts'
endpoint('GET http://127.0.0.2:' + __ENV.TARGET.split(':')[2] + '/files/:id')
const plan = { regions: [], requestTimeoutSeconds: 5, phases: [], parts: [] }
export const setup = setupOf(plan, { auth: noLogin, operations: {} })
export default () => send(endpointOfTarget)
const endpointOfTarget = endpoint('GET /echo')
`
    const ran = await run(text, { ALLOWED_TARGETS: allowed })

    assert.equal(ran.exitCode, exitCode, ran.stderr)
    assert.equal(ran.server.requests.length, exitCode === 0 ? 1 : 0)
    if (exitCode !== 0) assert.match(ran.stderr, /allowedTargets.*got GET http:\/\/127\.0\.0\.2/)
  })
}
