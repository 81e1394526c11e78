// Every kind of log-in, in the real k6 against a real server: no request is refused, and no log-in is judged.
import assert from 'node:assert/strict'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { runLibrary } from './library-run.ts'
import { type LogInServerOptions, startLogInServer } from './log-in-server.ts'

const VUS = 2
const ITERATIONS = 4

/** A script of anybody's with one strategy. */
function script(strategy: string): string {
  return `
import { check, sleep } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import * as auths from '../lib/auth-setup.ts'
import { endpoint } from '../lib/endpoint.ts'
import { requiredEnv } from '../lib/env.ts'
import { createSend, createSession } from '../lib/session.ts'

const target = __ENV.BASE_URL
const ME = endpoint('GET /me')
const credentials = (user) => ({ username: 'user-' + user, password: 'secret' })
const client = { endpoint: 'POST ' + target.replace('127.0.0.1', 'localhost') + '/oauth/token', clientId: 'shop' }
const auth = (() => { const { ${NAMES.join(', ')} } = auths; return ${strategy} })()
export const options = {
  ...auth.k6Options,
  scenarios: { load: { executor: 'per-vu-iterations', vus: ${VUS}, iterations: ${ITERATIONS} } },
  thresholds: { checks: ['rate==1'], 'http_reqs{judged:no}': [], 'http_reqs{operation:auth}': [] },
}
export const setup = () => auth.prepare?.(createSend(target)) ?? []
let session
export default function (prepared) {
  session ??= createSession(auth, { target, user: exec.vu.idInTest, prepared, timeoutMs: 5000 })
  check(session.send(ME), { 'logged in': ({ status }) => status === 200 })
  sleep(Number(__ENV.PAUSE ?? 0))
}
`
}

const NAMES = [
  ...['passwordLogin', 'clientCredentials', 'passwordGrant', 'basicAuth', 'apiKey', 'bearerToken'],
  ...['sessionCookie', 'ownLogin'],
]

interface Run {
  server?: LogInServerOptions
  env?: Record<string, string>
}

async function run(strategy: string, { server: options, env = {} }: Run = {}) {
  const server = await startLogInServer(options)
  try {
    const { exitCode, stderr, summary } = await runLibrary({
      script: { text: script(strategy), folder: 'lib' },
      env: { BASE_URL: server.url, ...env },
    })
    const count = (metric: string): number => summary?.metrics[metric]?.values['count'] ?? 0
    const logIns = count('http_reqs') - server.answered - server.refused
    return { exitCode, stderr, server, logIns, unjudged: count('http_reqs{judged:no}') }
  } finally {
    await server.close()
  }
}

const SESSIONS = `passwordLogin({
  login: 'POST /sessions',
  credentials,
  body: ({ username, password }) => ({ user: username, pass: password }),
  token: 'data.session.jwt',
  scheme: 'token',
})`
const KEY = `apiKey('SHOP_KEY', { header: 'X-Api-Key' })`
const SECRET = `clientSecret: requiredEnv('CLIENT_SECRET')`
const env = { CLIENT_SECRET: 'client-secret' }
const USERS = ['user-1', 'user-1', 'user-2']

describe('log-ins', { concurrency: 2 }, () => {
  for (const { kind, strategy, given = {}, logIns = [], grants = [] } of [
    { kind: 'JSON under names of its own, 201', strategy: SESSIONS, logIns: USERS },
    {
      kind: 'client credentials in the body, one for all',
      strategy: `clientCredentials({ ...client, ${SECRET}, scope: 'read' })`,
      given: { env },
      grants: ['client_credentials read'],
    },
    {
      kind: 'client credentials as HTTP Basic, for each VU',
      strategy: `clientCredentials({ ...client, ${SECRET}, clientIn: 'header', logIn: 'per-vu' })`,
      given: { env },
      grants: Array(3).fill('client_credentials') as string[],
    },
    {
      kind: 'passwords for tokens of OAuth',
      strategy: `passwordGrant({ ...client, ${SECRET}, credentials })`,
      given: { env },
      grants: USERS.map((user) => `password ${user}`),
    },
    {
      kind: 'a cookie by a form',
      strategy: `sessionCookie({ login: 'POST /form-login', credentials })`,
      logIns: USERS,
    },
    {
      kind: 'HTTP Basic from the environment',
      strategy: 'basicAuth()',
      given: { env: { AUTH_USERNAME: 'ann', AUTH_PASSWORD: 'secret' } },
    },
    {
      kind: 'a key in a header',
      strategy: KEY,
      given: { env: { SHOP_KEY: 'key-word' } },
    },
    {
      kind: 'a key in the query',
      strategy: `apiKey('SHOP_KEY', { query: 'api_key' })`,
      given: { env: { SHOP_KEY: 'key-word' } },
    },
    {
      kind: 'a strategy written by hand, as an object',
      strategy: `({
        authenticator: (send, user) => ({
          headers: {},
          renewAtMs: 0,
          renew() {
            const token = send(endpoint('POST /login'), { username: 'user-' + user }).json('access_token')
            this.headers = { Authorization: 'Bearer ' + token }
            this.renewAtMs = Infinity
            return true
          },
        }),
      })`,
      logIns: USERS.slice(1),
    },
    {
      kind: 'a function that sends with k6 itself',
      strategy: `ownLogin((send, user) => {
        const body = JSON.stringify({ username: 'user-' + user })
        const type = { headers: { 'Content-Type': 'application/json' } }
        const token = http.post(target + '/login', body, type).json('access_token')
        return { headers: { Authorization: 'Bearer ' + token } }
      })`,
      logIns: USERS,
    },
  ] as { kind: string; strategy: string; given?: Run; logIns?: string[]; grants?: string[] }[]) {
    test(kind, async () => {
      const ran = await run(strategy, given)

      assert.equal(ran.exitCode, 0, ran.stderr)
      assert.deepEqual([ran.server.answered, ran.server.refused], [VUS * ITERATIONS, 0])
      assert.deepEqual([...ran.server.logIns].sort(), logIns)
      assert.deepEqual([...ran.server.grants].sort(), [...grants].sort())
      assert.equal(ran.unjudged, ran.logIns)
      assert.doesNotMatch(ran.stderr, /key-word|client-secret/)
    })
  }

  test('a token that only its own claims give an end is renewed before it', async () => {
    const short = { server: { expiresInSeconds: 2 }, env: { PAUSE: '0.8' } }
    const { exitCode, stderr, server } = await run(SESSIONS, short)

    assert.equal(exitCode, 0, stderr)
    assert.equal(server.refused, 0)
    assert.ok(server.logIns.length > USERS.length, `${server.logIns.length} log-ins`)
  })

  test('tokens of OAuth are refreshed with what the server gave for it', async () => {
    const { exitCode, stderr, server } = await run(
      `passwordGrant({ ...client, ${SECRET}, credentials })`,
      { server: { expiresInSeconds: 2 }, env: { ...env, PAUSE: '0.8' } },
    )

    assert.equal(exitCode, 0, stderr)
    assert.equal(server.refused, 0)
    assert.ok(server.refreshes >= 2, `${server.refreshes} refreshes`)
    assert.equal(server.grants.filter((each) => each.startsWith('password')).length, 3)
  })

  test('a token may stand in a file', async () => {
    const SHOP_KEY_FILE = join(await mkdtemp(join(tmpdir(), 'k6v-token-')), 'token')
    await writeFile(SHOP_KEY_FILE, 'key-word\n')
    const { exitCode, stderr } = await run(KEY, { env: { SHOP_KEY_FILE } })
    assert.equal(exitCode, 0, stderr)
  })

  for (const { strategy, message } of [
    {
      strategy: SESSIONS.replace('pass: password', 'pass: 1'),
      message: /POST \/sessions to answer with a data\.session\.jwt, got status 403/,
    },
    {
      strategy: SESSIONS.replace('session.jwt', 'jwt'),
      message: /answer with a data\.jwt, got status 201/,
    },
    {
      strategy: `sessionCookie({ login: 'POST /form-login', credentials: () => ({ username: 'a', password: 'wrong-word' }) })`,
      message: /answer with a cookie, got status 200/,
    },
    {
      strategy: `clientCredentials({ ...client, clientSecret: 'wrong-word' })`,
      message: /oauth\/token to answer with an access_token, got status 401/,
    },
    { strategy: `bearerToken('SHOP_TOKEN')`, message: /variable SHOP_TOKEN to be set/ },
    { strategy: 'basicAuth()', message: /variable AUTH_USERNAME to be set/ },
  ]) {
    test(`${strategy.slice(0, 40)}… ends the run before the load: ${String(message)}`, async () => {
      const { exitCode, stderr, server } = await run(strategy)

      assert.equal(exitCode, 107, stderr)
      assert.match(stderr, message)
      assert.doesNotMatch(stderr, /wrong-word/)
      assert.equal(server.answered, 0)
    })
  }
})
