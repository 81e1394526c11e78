import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LogInServer {
  url: string
  /** Usernames in the order of their log-ins. */
  logIns: string[]
  refreshes: number
  /** Requests to `GET /me` that had a valid token, and that had none. */
  answered: number
  refused: number
  /** From now on no token that was given out is worth anything. */
  revokeAll: () => void
  close: () => Promise<void>
}

export interface LogInServerOptions {
  expiresInSeconds?: number
  /** Revokes every token once, when so many requests have been answered. */
  revokeAfter?: number
}

/** An API whose log-in can be watched. */
export async function startLogInServer(options: LogInServerOptions = {}): Promise<LogInServer> {
  const { expiresInSeconds = 3_600, revokeAfter = Infinity } = options
  let issued = 0
  let valid = new Map<string, number>()
  const tokens = (): string => {
    const token = `token-${++issued}`
    valid.set(token, Date.now() + expiresInSeconds * 1_000)
    return JSON.stringify({
      access_token: token,
      refresh_token: `again-${token}`,
      expires_in: expiresInSeconds,
    })
  }
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (request.url === '/login') {
        state.logIns.push(String(body['username']))
        response.end(tokens())
      } else if (request.url === '/refresh') {
        const known = valid.delete(String(body['refresh_token']).replace('again-', ''))
        if (known) state.refreshes++
        response.writeHead(known ? 200 : 401).end(known ? tokens() : '')
      } else {
        const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
        const isValid = (valid.get(token) ?? 0) > Date.now()
        state[isValid ? 'answered' : 'refused']++
        if (isValid && state.answered === revokeAfter) state.revokeAll()
        response.writeHead(isValid ? 200 : 401).end('{}')
      }
    })
  })
  const state: LogInServer = {
    url: '',
    logIns: [],
    refreshes: 0,
    answered: 0,
    refused: 0,
    revokeAll: () => (valid = new Map()),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return state
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}
