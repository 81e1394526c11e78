// A name and a password for a token.
import { authEndpoint } from '../endpoint.ts'
import type { BodyFormat } from '../request-body.ts'
import { type CredentialsOf, credentialsFrom } from './credentials.ts'
import { authFailures, logInFailed, type LogInWhen, tokenLogIn } from './token-log-in.ts'
import { type TokenNames, tokensOf } from './tokens.ts'
import type { Credentials } from '../users-file.ts'

export interface PasswordLogin extends TokenNames {
  /** e.g. `POST /v1/auth/login` */
  login: string
  /** e.g. `POST /v1/auth/refresh`; takes `{ refresh_token }`. Without it an old token means a log-in. */
  refresh?: string
  /** Name and password of the nth user; AUTH_USERS_FILE or AUTH_USERNAME and AUTH_PASSWORD win where they are set. */
  credentials?: CredentialsOf
  /** What is sent, under the API's own names. @default { username, password } */
  body?: (credentials: Credentials) => Record<string, unknown>
  /** @default 'json' */
  as?: BodyFormat
  /** What stands before the token in `Authorization`. @default 'Bearer' */
  scheme?: string
  /** @default 'per-vu' */
  logIn?: LogInWhen
}

/**
 * Logs in with a name and a password. Any status from 200 to 299 with a token is a success; the token is renewed
 * before it ends, or once it was refused, and a refused refresh logs in anew. To be called in init code.
 */
export const passwordLogin = (settings: PasswordLogin) => {
  const { token = 'access_token', as = 'json', scheme = 'Bearer', logIn = 'per-vu' } = settings
  const { body = (credentials) => ({ ...credentials }) } = settings
  const login = authEndpoint(settings.login)
  const again = settings.refresh === undefined ? undefined : authEndpoint(settings.refresh)
  const credentials = credentialsFrom(settings.credentials)
  const failures = authFailures()

  return tokenLogIn({
    logIn(send, user) {
      const response = send(login, body(credentials(user)), { as })
      const tokens = tokensOf(response, settings)
      if (tokens) return tokens
      throw logInFailed(failures, `${login.name} to answer with ${named(token)}`, response)
    },
    refresh(send, { refresh }) {
      if (!again || refresh === undefined) return undefined
      const tokens = tokensOf(send(again, { refresh_token: refresh }, { as }), settings)
      // Many APIs give a refresh token once.
      return tokens && { refresh, ...tokens }
    },
    when: logIn,
    headers: ({ access }) => ({ Authorization: `${scheme} ${access}` }),
  })
}

const named = (token: string): string => `${'aeiou'.includes(token[0] ?? '') ? 'an' : 'a'} ${token}`
