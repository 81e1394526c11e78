import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LogInServer {
  url: string
  /** Usernames in the order of their log-ins. */
  logIns: string[]
  refreshes: number
  /** Requests to `GET /me` that had a valid token, and that had none. */
  answered: number
  refused: number
  /** What came to the token endpoint: its type and its fields. */
  grants: string[]
  /** From now on no token that was given out is worth anything. */
  revokeAll: () => void
  close: () => Promise<void>
}

export interface LogInServerOptions {
  expiresInSeconds?: number
  /** Revokes every token once, when so many requests have been answered. */
  revokeAfter?: number
}

/** What is sent to it, read. */
interface Call {
  path: string
  type: string
  authorization: string
  body: string
  fields: Record<string, string>
}

type Reply = [status: number, body?: unknown, headers?: Record<string, string>]

/** An API whose log-ins, of every kind, can be watched. */
export async function startLogInServer(options: LogInServerOptions = {}): Promise<LogInServer> {
  const { revokeAfter = Infinity } = options
  const tokens = issuer(options.expiresInSeconds ?? 3_600)
  const server = createServer((request, response) => {
    void readCall(request).then((call) => {
      const log = LOG_INS[call.path]
      reply(response, log ? log(call, tokens, state) : me(request, call))
    })
  })
  const me = (request: IncomingMessage, call: Call): Reply => {
    const isKnown = isProven(request, call, tokens)
    state[isKnown ? 'answered' : 'refused']++
    if (isKnown && state.answered === revokeAfter) state.revokeAll()
    return [isKnown ? 200 : 401, {}]
  }
  const state: LogInServer = {
    url: '',
    logIns: [],
    refreshes: 0,
    answered: 0,
    refused: 0,
    grants: [],
    revokeAll: () => tokens.valid.clear(),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return state
}

type Issuer = ReturnType<typeof issuer>

function issuer(expiresInSeconds: number) {
  const valid = new Map<string, number>()
  let issued = 0
  const issue = (token = `token-${++issued}`): string => {
    valid.set(token, Date.now() + expiresInSeconds * 1_000)
    return token
  }
  return {
    valid,
    issue,
    pair: () => {
      const token = issue()
      return {
        access_token: token,
        refresh_token: `again-${token}`,
        expires_in: expiresInSeconds,
      }
    },
    /** A JSON Web Token, whose end stands nowhere else. */
    jwt: () => {
      const iat = Math.floor(Date.now() / 1_000)
      const claims = { iat, exp: iat + expiresInSeconds, n: ++issued }
      const part = (value: unknown): string =>
        Buffer.from(JSON.stringify(value)).toString('base64url')
      return issue(`${part({ alg: 'none' })}.${part(claims)}.x`)
    },
    renew: (refreshToken: string): boolean => valid.delete(refreshToken.replace('again-', '')),
  }
}

const LOG_INS: Record<string, (call: Call, tokens: Issuer, state: LogInServer) => Reply> = {
  '/login': ({ fields }, tokens, state) => {
    state.logIns.push(fields['username'] ?? '')
    return [200, tokens.pair()]
  },
  '/refresh': ({ fields }, tokens, state) => {
    const isKnown = tokens.renew(fields['refresh_token'] ?? '')
    if (isKnown) state.refreshes++
    return isKnown ? [200, tokens.pair()] : [401]
  },
  // As NestJS answers, under names of its own.
  '/sessions': ({ fields }, tokens, state) => {
    if (fields['pass'] !== 'secret') return [403]
    state.logIns.push(fields['user'] ?? '')
    return [201, { data: { session: { jwt: tokens.jwt() } } }]
  },
  '/oauth/token': (call, tokens, state) => grant(call, tokens, state),
  '/form-login': ({ fields, type }, tokens, state) => {
    if (!type.startsWith('application/x-www-form') || fields['password'] !== 'secret') return [200]
    state.logIns.push(fields['username'] ?? '')
    const cookie = `sid=${tokens.issue()}; Path=/; HttpOnly`
    return [302, '', { location: '/home', 'set-cookie': cookie }]
  },
}

const CLIENT = `Basic ${Buffer.from('shop:client-secret').toString('base64')}`

function grant({ type, fields, authorization }: Call, tokens: Issuer, state: LogInServer): Reply {
  const { grant_type: kind, client_id: id, client_secret: secret, ...rest } = fields
  if (!type.startsWith('application/x-www-form-urlencoded') || !kind) return [400]
  const isClient = authorization === CLIENT || (id === 'shop' && secret === 'client-secret')
  if (!isClient) return [401]
  state.grants.push([kind, ...Object.values(rest).filter((value) => value !== 'secret')].join(' '))
  if (kind === 'refresh_token') {
    if (!tokens.renew(fields['refresh_token'] ?? '')) return [400]
    state.refreshes++
  }
  return [200, tokens.pair()]
}

function isProven({ headers, url = '' }: IncomingMessage, call: Call, { valid }: Issuer): boolean {
  const key = headers['x-api-key'] ?? new URL(url, 'http://x').searchParams.get('api_key')
  const basic = `Basic ${Buffer.from('ann:secret').toString('base64')}`
  const sid = /sid=([\w.-]+)/.exec(headers.cookie ?? '')?.[1]
  const token = sid ?? call.authorization.replace(/^(Bearer|token) /, '')
  return key === 'key-word' || call.authorization === basic || (valid.get(token) ?? 0) > Date.now()
}

function reply(response: ServerResponse, [status, body = '', headers = {}]: Reply): void {
  response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const { authorization = '', 'content-type': type = '' } = request.headers
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const path = (request.url ?? '').replace(/\?.*/, '')
  const fields = type.includes('json')
    ? (JSON.parse(body) as Record<string, string>)
    : Object.fromEntries(new URLSearchParams(body))
  return { path, type, authorization, body, fields }
}
