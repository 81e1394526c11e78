// Logging in: how a virtual user gets its token, keeps it fresh, and stays out of the SLA's metrics.
import { Counter } from 'k6/metrics'
import { AUTH_ERROR } from './auth-error.ts'
import { type CredentialsOf, credentialsFrom } from './credentials.ts'
import { authEndpoint } from './endpoint.ts'
import { requiredEnv } from './env.ts'
import { JUDGED_NEVER, JUDGED_TAG } from './plan.ts'
import { type Authenticator, jsonOf, NOBODY, type Response, type Send } from './session.ts'
import { readTokens, type Tokens } from './tokens.ts'

/** How the users of a workload prove who they are. */
export interface AuthStrategy {
  /**
   * For setup(): logs in before any load, so that a wrong password or a dead target ends the run
   * with one reason. What it returns is plain data for every VU's authenticator.
   *
   * @throws AuthError
   */
  prepare?: (send: Send) => Tokens[]
  /** For one VU, on its first iteration; `user` counts from 1 over all VUs and instances. */
  authenticator: (send: Send, user: number, prepared: readonly Tokens[]) => Authenticator
}

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
export const passwordLogin = (settings: PasswordLogin): Required<AuthStrategy> => {
  const { skewSeconds = 30, logIn = 'per-vu' } = settings
  const skewMs = skewSeconds * 1_000
  const login = authEndpoint(settings.login)
  const refresh = settings.refresh === undefined ? undefined : authEndpoint(settings.refresh)
  const credentials = credentialsFrom(settings.credentials)
  // Iterations that had no session. Here, as a workload without log-ins has none to count.
  const authFailures = new Counter('auth_failures')

  // Its time and failures are not the API's service level.
  const tags = { operation: 'auth', [JUDGED_TAG]: JUDGED_NEVER }

  const logInAs = (send: Send, user: number): Tokens => {
    const answer = send(login, credentials(user), { tags })
    const tokens = tokensOf(answer, skewMs)
    if (tokens) return tokens
    authFailures.add(1)
    const error = new Error(
      `Expected ${login.name} to answer with an access_token, got ${told(answer)}`,
    )
    error.name = AUTH_ERROR
    throw error
  }

  const refreshed = (send: Send, old: Tokens): Tokens | undefined => {
    if (!refresh || old.refresh === undefined) return undefined
    const body = { refresh_token: old.refresh }
    return tokensOf(send(refresh, body, { tags }), skewMs)
  }

  return {
    prepare(send) {
      if (logIn !== 'per-vu') {
        return Array.from({ length: logIn.inSetup }, (_, index) => logInAs(send, index + 1))
      }
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
export const noLogin: AuthStrategy = { authenticator: () => NOBODY }

/**
 * For an API that takes a token which was made elsewhere: all users send the one in that variable of the
 * environment. To be called in init code.
 *
 * @throws Error when the variable is not set
 */
export const bearerToken = (variable: string): AuthStrategy => {
  const headers = { Authorization: `Bearer ${requiredEnv(variable)}` }
  return { authenticator: () => ({ ...NOBODY, headers }) }
}

interface Renewing {
  first: () => Tokens
  renew: (old: Tokens) => Tokens
}

// The header is made once for each token, not once for each request.
const renewing = ({ first, renew }: Renewing): Authenticator => {
  let tokens: Tokens | undefined
  const auth: Authenticator = {
    headers: {},
    renewAtMs: 0,
    renew: () => {
      const isFirst = tokens === undefined
      tokens = tokens ? renew(tokens) : first()
      // Those of setup() may have grown old before this user's turn.
      if (isFirst && Date.now() > (tokens.renewAtMs ?? Infinity)) tokens = renew(tokens)
      auth.headers = { Authorization: `Bearer ${tokens.access}` }
      auth.renewAtMs = tokens.renewAtMs ?? Infinity
      return true
    },
  }
  return auth
}

const tokensOf = (answer: Response, skewMs: number): Tokens | undefined => {
  return answer.status === 200 ? readTokens(jsonOf(answer), Date.now(), skewMs) : undefined
}

const told = ({ status, error }: Response): string => {
  return status === 0 ? `no answer: ${error}` : `status ${status}`
}
