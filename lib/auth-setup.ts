// Logging in: how a virtual user gets its token, keeps it fresh, and stays out of the SLA's metrics.
import { authEndpoint } from './endpoint.ts'
import { env } from './env.ts'
import { JUDGED_TAG } from './plan.ts'
import type { Answer, Authenticator, Send } from './session.ts'

/** Makes the authenticator of one user; called once per VU, on its first iteration. */
export type AuthStrategy = (send: Send, user: number) => Authenticator

/** The user could not be logged in: the iteration has no session to work with. */
export class AuthError extends Error {
  override readonly name = 'AuthError'
}

/** Tags of every log-in request: its time and failures are not the API's service level. */
export const AUTH_TAGS = { operation: 'auth', [JUDGED_TAG]: 'no' }

export interface PasswordLogin {
  /** e.g. `POST /v1/auth/login`; takes `{ username, password }`. */
  login: string
  /** e.g. `POST /v1/auth/refresh`; takes `{ refresh_token }`. */
  refresh: string
  /** Name and password of the nth user; AUTH_USERNAME and AUTH_PASSWORD win where they are set. */
  credentials: (user: number) => Credentials
  /** Refreshes this long before a token ends, so that no request meets the very end. @default 30 */
  skewSeconds?: number
}

export interface Credentials {
  username: string
  password: string
}

interface Tokens {
  access: string
  refresh: string | undefined
  expiresAtMs: number
}

/**
 * OAuth-style password login: `{ access_token, refresh_token?, expires_in }` in the answers.
 * Logs in once per VU and refreshes before expiry; a refused refresh logs in anew.
 */
export function passwordLogin(settings: PasswordLogin): AuthStrategy {
  const login = authEndpoint(settings.login)
  const refresh = authEndpoint(settings.refresh)
  const skewMs = (settings.skewSeconds ?? 30) * 1_000

  return (send, user) => {
    let tokens: Tokens | undefined

    const logIn = (): Tokens => {
      const body = { ...settings.credentials(user), ...ownCredentials() }
      const answer = send(login, { body, tags: AUTH_TAGS })
      const read = readTokens(answer)
      if (read) return read
      throw new AuthError(
        `Expected ${login.name} to answer with an access_token, got ${told(answer)}`,
      )
    }

    const renew = (old: Tokens): Tokens => {
      if (old.refresh === undefined) return logIn()
      const body = { refresh_token: old.refresh }
      return readTokens(send(refresh, { body, tags: AUTH_TAGS })) ?? logIn()
    }

    return {
      headers() {
        if (!tokens) tokens = logIn()
        else if (Date.now() > tokens.expiresAtMs - skewMs) tokens = renew(tokens)
        return { Authorization: `Bearer ${tokens.access}` }
      },
    }
  }
}

/** For an API that asks nobody who they are. */
export const noLogin: AuthStrategy = () => ({ headers: () => ({}) })

function ownCredentials(): Partial<Credentials> {
  const username = env('AUTH_USERNAME')
  const password = env('AUTH_PASSWORD')
  return { ...(username && { username }), ...(password && { password }) }
}

// A body that is not what it should be is no token, whatever the reason.
function readTokens(answer: Answer): Tokens | undefined {
  if (answer.status !== 200) return undefined
  try {
    const body = JSON.parse(answer.body) as Record<string, unknown>
    const { access_token: access, refresh_token: refresh, expires_in: expiresIn } = body
    if (typeof access !== 'string') return undefined
    return {
      access,
      refresh: typeof refresh === 'string' ? refresh : undefined,
      expiresAtMs: typeof expiresIn === 'number' ? Date.now() + expiresIn * 1_000 : Infinity,
    }
  } catch {
    return undefined
  }
}

function told({ status, error }: Answer): string {
  return status === 0 ? `no answer: ${error}` : `status ${status}`
}
