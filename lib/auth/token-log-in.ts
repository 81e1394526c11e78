// What all log-ins with tokens share: when they log in, when they renew, and how a failure is told.
import { Counter } from 'k6/metrics'
import type { AuthStrategy } from '../auth-setup.ts'
import { asLogIn } from '../log-in-tags.ts'
import type { Authenticator, Response, Send } from '../session.ts'
import { AUTH_ERROR } from './auth-error.ts'
import type { Tokens } from './tokens.ts'

/**
 * `per-vu`: each VU logs in itself, on its first iteration. Else in setup(): so many users are logged in before the
 * load, and VUs share their tokens.
 */
export type LogInWhen = 'per-vu' | { inSetup: number }

interface TokenLogIn {
  /** Logs a user in. @throws AuthError */
  logIn: (send: Send, user: number) => Tokens
  /** Asks for newer tokens; undefined where only another log-in helps. */
  refresh?: (send: Send, old: Tokens) => Tokens | undefined
  when: LogInWhen
  /** What is sent with each request. @default the token as `Authorization: Bearer` */
  headers?: (tokens: Tokens) => Record<string, string>
}

/** Log-ins whose tokens are renewed before they end, or once they were refused. */
export const tokenLogIn = (settings: TokenLogIn): Required<Omit<AuthStrategy, 'k6Options'>> => {
  const { logIn, refresh, when, headers = bearer } = settings
  return {
    prepare(send) {
      // One proves that it is possible.
      const count = when === 'per-vu' ? 1 : when.inSetup
      const logInAll = () => Array.from({ length: count }, (_, index) => logIn(send, index + 1))
      const tokens = asLogIn(logInAll)
      return when === 'per-vu' ? [] : tokens
    },
    authenticator(send, user, prepared) {
      const own = prepared.length === 0 ? user : ((user - 1) % prepared.length) + 1
      const again = (old: Tokens): Tokens => refresh?.(send, old) ?? logIn(send, own)
      return renewing({ first: () => prepared[own - 1] ?? logIn(send, own), again, headers })
    },
  }
}

const bearer = ({ access }: Tokens) => ({ Authorization: `Bearer ${access}` })

interface Renewing {
  first: () => Tokens
  again: (old: Tokens) => Tokens
  headers: (tokens: Tokens) => Record<string, string>
}

const renewing = ({ first, again, headers }: Renewing): Authenticator => {
  let tokens: Tokens | undefined
  const auth: Authenticator = {
    headers: {},
    renewAtMs: 0,
    renew: () => {
      const isFirst = tokens === undefined
      tokens = tokens ? again(tokens) : first()
      // Those of setup() may have grown old before this user's turn.
      if (isFirst && Date.now() > (tokens.renewAtMs ?? Infinity)) tokens = again(tokens)
      auth.headers = headers(tokens)
      auth.renewAtMs = tokens.renewAtMs ?? Infinity
      return true
    },
  }
  return auth
}

/** Counts iterations that had no session; created by the log-in, as a workload without one has none to count. */
export const authFailures = (): Counter => new Counter('auth_failures')

/** Counts a failed log-in, and says what came back instead; nothing of what was sent. */
export const logInFailed = (failures: Counter, wanted: string, response: Response): Error => {
  failures.add(1)
  const { status, error } = response
  const got = status === 0 ? `no answer: ${error}` : `status ${status}`
  return Object.assign(new Error(`Expected ${wanted}, got ${got}`), { name: AUTH_ERROR })
}
