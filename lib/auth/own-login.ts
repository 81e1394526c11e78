// Log-ins of any other kind: a function of yours, or cookies.
import type { AuthStrategy } from '../auth-setup.ts'
import { authEndpoint } from '../endpoint.ts'
import { asLogIn } from '../log-in-tags.ts'
import type { BodyFormat } from '../request-body.ts'
import type { Authenticator, Response, Send } from '../session.ts'
import type { Credentials } from '../users-file.ts'
import { type CredentialsOf, credentialsFrom } from './credentials.ts'
import { authFailures, logInFailed } from './token-log-in.ts'

/** What a log-in of yours brings: what each request of the user says besides, and for how long. */
export interface LoggedIn {
  headers?: Record<string, string>
  query?: Record<string, string>
  /** @default until the API answers 401 */
  endsInSeconds?: number
}

/**
 * Logs in with a function of yours: on a VU's first iteration, before the end that it gives, and when the API has
 * refused a request (401). It may send what it likes, through `send` or k6 itself; an exception of it is an
 * exception of the iteration. To be called in init code.
 */
export const ownLogin = (logIn: (send: Send, user: number) => LoggedIn): AuthStrategy => ({
  prepare(send) {
    asLogIn(() => logIn(send, 1))
    return []
  },
  authenticator(send, user) {
    const auth: Authenticator = {
      headers: {},
      renewAtMs: 0,
      renew: () => {
        const { headers = {}, query, endsInSeconds = Infinity } = logIn(send, user)
        const renewAtMs = Date.now() + endsInSeconds * 1_000
        Object.assign(auth, { headers, query, renewAtMs })
        return true
      },
    }
    return auth
  },
})

export interface SessionCookie {
  /** e.g. `POST /login` */
  login: string
  /** Name and password of the nth user; AUTH_USERS_FILE or AUTH_USERNAME and AUTH_PASSWORD win where they are set. */
  credentials?: CredentialsOf
  /** What is sent, under the API's own names. @default { username, password } */
  body?: (credentials: Credentials) => Record<string, unknown>
  /** @default 'form' */
  as?: BodyFormat
  /** @default a status below 400, and at least one cookie */
  isLoggedIn?: (response: Response) => boolean
}

/**
 * Logs in for a cookie, which k6 keeps for the VU and sends where it belongs, also in later iterations. To be called
 * in init code.
 */
export const sessionCookie = (settings: SessionCookie): AuthStrategy => {
  const {
    body = (credentials) => ({ ...credentials }),
    as = 'form',
    isLoggedIn = hasCookie,
  } = settings
  const login = { ...authEndpoint(settings.login), redirects: 0 }
  const credentials = credentialsFrom(settings.credentials)
  const failures = authFailures()
  const strategy = ownLogin((send, user) => {
    const response = send(login, body(credentials(user)), { as })
    if (isLoggedIn(response)) return {}
    throw logInFailed(failures, `${login.name} to answer with a cookie`, response)
  })
  // k6 would empty the VU's cookie jar after each iteration.
  return { ...strategy, k6Options: { noCookiesReset: true } }
}

const hasCookie = ({ status, cookies }: Response): boolean => {
  return status > 0 && status < 400 && Object.keys(cookies).length > 0
}
