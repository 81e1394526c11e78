// Logging in: how a virtual user gets its token, keeps it fresh, and stays out of the SLA's metrics.
import { type CredentialsOf, credentialsFrom } from './credentials.ts'
import { authEndpoint } from './endpoint.ts'
import { JUDGED_TAG } from './plan.ts'
import { type Answer, type Authenticator, jsonOf, type Send } from './session.ts'
import { readTokens, type Tokens } from './tokens.ts'

/** How the users of a workload prove who they are. */
export interface AuthStrategy {
  /**
   * For setup(): logs in before any load, so that a wrong password or a dead target ends the run
   * with one reason. What it returns is plain data for every VU's authenticator.
   *
   * @throws AuthError
   */
  prepare: (send: Send) => Tokens[]
  /** For one VU, on its first iteration; `user` counts from 1 over all VUs and instances. */
  authenticator: (send: Send, user: number, prepared: readonly Tokens[]) => Authenticator
}

/** The user could not be logged in: the iteration has no session to work with. */
export class AuthError extends Error {
  override readonly name = 'AuthError'
}

/** Tags of every log-in request: its time and failures are not the API's service level. */
export const AUTH_TAGS = { operation: 'auth', [JUDGED_TAG]: 'no' }

export interface PasswordLogin {
  /** e.g. `POST /v1/auth/login`; takes `{ username, password }`. */
  login: string
  /** e.g. `POST /v1/auth/refresh`; takes `{ refresh_token }`. Without it an old token means a log-in. */
  refresh?: string
  /** Name and password of the nth user; AUTH_USERS_FILE or AUTH_USERNAME win where they are set. */
  credentials: CredentialsOf
  /** Renews this long before a token ends, so that no request meets the very end. @default 30 */
  skewSeconds?: number
  /**
   * `per-vu`: each VU logs in itself, on its first iteration. Else in setup(): so many users are
   * logged in before the load, and VUs share their tokens. @default 'per-vu'
   */
  logIn?: 'per-vu' | { inSetup: number }
}

/**
 * OAuth-style password login: `{ access_token, refresh_token?, expires_in? }` in the answers. A token
 * is renewed before it ends, or once it was refused; a refused refresh logs in anew. To be called in
 * init code.
 */
export const passwordLogin = (settings: PasswordLogin): AuthStrategy => {
  const { skewSeconds = 30, logIn = 'per-vu' } = settings
  const skewMs = skewSeconds * 1_000
  const login = authEndpoint(settings.login)
  const refresh = settings.refresh === undefined ? undefined : authEndpoint(settings.refresh)
  const credentials = credentialsFrom(settings.credentials)

  const logInAs = (send: Send, user: number): Tokens => {
    const answer = send(login, { body: credentials(user), tags: AUTH_TAGS })
    const tokens = tokensOf(answer, skewMs)
    if (tokens) return tokens
    throw new AuthError(
      `Expected ${login.name} to answer with an access_token, got ${told(answer)}`,
    )
  }

  const refreshed = (send: Send, old: Tokens): Tokens | undefined => {
    if (!refresh || old.refresh === undefined) return undefined
    const body = { refresh_token: old.refresh }
    return tokensOf(send(refresh, { body, tags: AUTH_TAGS }), skewMs)
  }

  return {
    prepare(send) {
      if (logIn !== 'per-vu') return numbersTo(logIn.inSetup).map((user) => logInAs(send, user))
      logInAs(send, 1)
      return []
    },
    authenticator(send, user, prepared) {
      const own = prepared.length === 0 ? user : ((user - 1) % prepared.length) + 1
      return renewing({
        first: () => prepared[own - 1] ?? logInAs(send, own),
        renew: (old) => refreshed(send, old) ?? logInAs(send, own),
      })
    },
  }
}

/** For an API that asks nobody who they are. */
export const noLogin: AuthStrategy = {
  prepare: () => [],
  authenticator: () => ({ headers: () => NO_HEADERS, refused: () => false }),
}

const NO_HEADERS = {}

interface Renewing {
  first: () => Tokens
  renew: (old: Tokens) => Tokens
}

// The header is made once for each token, not once for each request.
const renewing = ({ first, renew }: Renewing): Authenticator => {
  let tokens: Tokens | undefined
  let headers = NO_HEADERS
  const use = (next: Tokens): void => {
    tokens = next
    headers = { Authorization: `Bearer ${next.access}` }
  }
  return {
    headers: () => {
      if (!tokens) use(first())
      if (tokens?.renewAtMs !== undefined && Date.now() > tokens.renewAtMs) use(renew(tokens))
      return headers
    },
    refused: () => {
      if (tokens) use(renew(tokens))
      return true
    },
  }
}

const tokensOf = (answer: Answer, skewMs: number): Tokens | undefined => {
  return answer.status === 200 ? readTokens(jsonOf(answer), Date.now(), skewMs) : undefined
}

const told = ({ status, error }: Answer): string => {
  return status === 0 ? `no answer: ${error}` : `status ${status}`
}

const numbersTo = (last: number): number[] => {
  return Array.from({ length: last }, (_, index) => index + 1)
}
