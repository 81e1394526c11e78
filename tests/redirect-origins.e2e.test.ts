// A redirect leads nowhere but to what was allowed. 127.0.0.1 is the target, 127.0.0.2 is somebody else.
import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { runLibrary } from './library-run.ts'
import { type Arrived, listen, type ListeningServer } from './redirecting-servers.ts'

const STATUSES = [301, 302, 303, 307, 308]
const SECRETS = /body-word|query-word|path-word|pass-word|token-word/

let target: ListeningServer
let other: ListeningServer
/** Where the target redirects to. */
let location: (path: string) => string | undefined

beforeEach(async () => {
  other = await listen('127.0.0.2')
  target = await listen('127.0.0.1', (path) => location(path))
  location = (path) => `${other.url}${path}/path-word?key=query-word`
})
afterEach(async () => {
  await target.close()
  await other.close()
})

/** One iteration of a script of anybody's that uses the library. */
function script(iteration: string): string {
  return `
import http from 'k6/http'
import { check } from 'k6'
import { WebSocket } from 'k6/websockets'
import { passwordLogin } from '../lib/auth-setup.ts'
import { endpoint } from '../lib/endpoint.ts'
import { answerValidator } from '../lib/metric-validators.ts'
import { createSend, expectNoRedirects } from '../lib/session.ts'

const user = { headers: { 'X-Key': 'token-word' }, renewAtMs: Infinity, renew: () => false }
const send = createSend(__ENV.TARGET, user)
const MOVED = {}
for (const method of ['GET', 'POST'])
  MOVED[method] = endpoint(method + ' /moved/:code', { redirects: 3 })
const LOG_IN = endpoint('POST /log-in', { redirects: 1 })
const validate = answerValidator(MOVED.POST, {})
const strategy = passwordLogin({ login: 'POST /log-in', credentials: () => ({ username: 'me', password: 'pass-word' }) })
expectNoRedirects()
export const options = { maxRedirects: 0, thresholds: { 'checks{own:yes}': ['rate==1'] } }
// validate() has checks of its own, which a refusal fails.
const holds = (value, tests) => check(value, tests, { own: 'yes' })
const is = (answer, status, error) => holds(answer, { [answer.url + ' ' + status]: () =>
  answer.status === status && answer.error === error })
const headers = { Authorization: 'token-word' }
const eachMove = (run) => ['GET', 'POST'].forEach((method) => ${JSON.stringify(STATUSES)}.forEach((code) =>
  run(method, String(code), method === 'POST' ? { secret: 'body-word' } : undefined)))
${iteration}
`
}

async function run(iteration: string, env: Record<string, string> = {}) {
  const { exitCode, stderr, summary } = await runLibrary({
    script: { text: script(iteration), folder: 'lib' },
    env: { TARGET: target.url, ...env },
  })
  assert.equal(exitCode, 0, stderr)
  return { stderr, summary }
}

const MOVES = `export default () => eachMove((method, code, body) =>
  is(send(MOVED[method], body, { params: { code }, headers }), 0, 'redirect-refused'))`

test('no status and no method leads to another host, and its name is all that is told', async () => {
  const { stderr, summary } = await run(MOVES)

  assert.equal(target.requests.length, 10)
  assert.equal(other.connections(), 0)
  assert.equal(summary?.metrics['answers_rejected']?.values['count'], 10)
  assert.match(stderr, new RegExp(`GET /moved/:code was redirected to ${other.url}, which nobody`))
  assert.doesNotMatch(stderr, SECRETS)
})

test('no spelling of a Location leads there', async () => {
  const { host, port } = { host: `127.0.0.2:${other.port}`, port: target.port }
  const spellings = [
    `//${host}/`,
    `HTTP://${host}/`,
    // Another port and another scheme of the same host are another origin.
    target.url.replace(/\d+$/, String(other.port)),
    target.url.replace('http:', 'https:'),
    `http://127.0.0.1:${port}@${host}/`,
    `${target.url}\\@${host}/`,
    `\\\\${host}/`,
    `/\\${host}/`,
    `http:/\t/${host}/`,
    `http:/${host}/`,
    `http:${host}/`,
    `http://127.2:${other.port}/`,
    // 127.0.0.2 as one number, in eight and sixteen, with a dot, in other digits and inside of IPv6.
    ...['2130706434', '017700000002', '0x7f000002', '0x7f.0.0.02', '127.0.0.2.'].map(
      (name) => `http://${name}:${other.port}/`,
    ),
    ...['[::ffff:127.0.0.2]', '[::FFFF:7f00:2]', '１２７.0.0.2', '127。0。0。2', '127%2e0.0.2'].map(
      (name) => `http://${name}:${other.port}/`,
    ),
    // Nobody's, a user, and the target itself in a way that a parser may take for another.
    `http://me:pass-word@${host}/`,
    `//me@${host}/`,
    `http://127.0.0.1:${port}:${other.port}/`,
    `http://127.0.0.1:${port}%40${host}/`,
    `http://127.0.0.1.:${port}/`,
    `http://0x7f000001:${port}/`,
    ...[
      'http://127.0.0.1:0/',
      'http://127.0.0.1:65536/',
      'http://127.0.0.1:/',
      'http://127.0.0.1:-1/',
    ],
    ...['http:///', 'http://', '//', 'http://:80/', 'http://?', 'http://.:80/', 'http://[]/'],
    'http://name.invalid/',
    'HTTPS://NAME.Invalid./',
    'http://xn--mnchen-3ya.invalid/',
    'http://münchen.invalid/',
    'javascript:alert(1)',
    'FILE:///etc/hostname',
  ]
  // A header is bytes.
  location = (path) => Buffer.from(spellings[Number(path.split('=')[1])] ?? '').toString('latin1')
  // Of some k6 itself says that it cannot read them.
  const { stderr } = await run(`export default () => {
    for (let i = 0; i < ${spellings.length}; i++)
      holds(send(MOVED.POST, {}, { params: { code: '307' }, query: { i } }), {
        [i]: ({ status, error }) => status === 0 && /^redirect-refused$|Location/.test(error)
      })
  }`)

  assert.equal(target.requests.length, spellings.length)
  assert.equal(other.connections(), 0)
  assert.doesNotMatch(stderr, /pass-word/)
})

test('a second hop may not lead there either', async () => {
  location = (path) => (path.endsWith('/near') ? other.url : `${path}/near`)
  await run(MOVES)

  assert.equal(target.requests.length, 20)
  assert.equal(other.connections(), 0)
})

test('what is allowed gets the requests that k6 itself would send, without what proves the user', async () => {
  const K6 = `export default () => eachMove((method, code, body) => is(http.request(method, __ENV.TARGET + '/moved/' + code,
    body ? JSON.stringify(body) : null,
    { redirects: 3, headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers } }), 200, ''))`
  await run(K6)
  const byK6 = other.requests.splice(0)
  const allowed = { ALLOWED_TARGETS: `http://x.invalid,127.0.0.2:${other.port}` }
  await run(MOVES.replace("0, 'redirect-refused'", "200, ''"), allowed)

  // Go keeps the type of a body that it drops.
  const shown = (requests: Arrived[]) =>
    requests.map(({ type, body, ...rest }) => ({ ...rest, body, ...(body !== '' && { type }) }))
  assert.equal(byK6.length, 10)
  assert.deepEqual(shown(other.requests), shown(byK6))
  assert.ok(other.requests.every(({ authorization }) => authorization === undefined))
})

test('on the target itself all headers stay, for every way to write a Location', async () => {
  location = (path) => (path.includes('moved') ? '../here?a=1#part' : undefined)
  await run(MOVES.replace("0, 'redirect-refused'", "200, ''"))

  const here = target.requests.filter(({ url }) => url === '/here?a=1')
  assert.equal(here.length, 10)
  assert.ok(here.every(({ authorization }) => authorization === 'token-word'))
  assert.deepEqual(
    here.filter(({ method }) => method === 'POST').map(({ body, type }) => [body, type]),
    Array(2).fill(['{"secret":"body-word"}', 'application/json']),
  )
})

test('a loop ends where the endpoint says, with the redirect as its answer', async () => {
  location = (path) => path
  const LOOP = `export default () => is(send(MOVED.GET, undefined, { params: { code: '307' } }), 307, '')`
  const { summary } = await run(LOOP)

  assert.equal(target.requests.length, 1 + 3)
  assert.equal(summary?.metrics['answers_rejected'], undefined)
  assert.equal(summary?.metrics['http_req_failed']?.values['passes'], 1)
})

test('a redirect without a Location is an answer', async () => {
  location = () => ''
  await run(MOVES.replace("0, 'redirect-refused'", "Number(code), ''"))

  assert.equal(target.requests.length, 10)
})

test('nor does a log-in, setup(), teardown(), a request of the script itself, a batch or a WebSocket', async () => {
  const own = `
export const setup = () => {
  is(send(LOG_IN, { password: 'pass-word' }), 0, 'redirect-refused')
  try { strategy.prepare(createSend(__ENV.TARGET)) } catch (error) {
    holds(error, { told: ({ name, message }) => name === 'AuthError' && message.endsWith('got status 307') })
  }
}
export const teardown = () => is(send(LOG_IN, { password: 'pass-word' }), 0, 'redirect-refused')
export default () => {
  http.get(__ENV.TARGET + '/moved/302')
  http.batch([['POST', __ENV.TARGET + '/moved/308', 'body-word'], ['GET', __ENV.TARGET + '/moved/301']])
  if (validate(send(MOVED.POST, {}, { params: { code: '302' } }))) throw new Error('accepted')
  const socket = new WebSocket(__ENV.TARGET.replace('http', 'ws') + '/upgrade')
  socket.onerror = () => console.error('no socket')
}`
  const { stderr } = await run(own)

  assert.equal(other.connections(), 0)
  assert.doesNotMatch(stderr, SECRETS)
  assert.doesNotMatch(stderr, /accepted/)
  assert.match(stderr, /no socket/)
})
