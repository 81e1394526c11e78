// How the users of a workload prove who they are; one helper for each way, and `ownLogin` for any other.
import type { Tokens } from './auth/tokens.ts'
import { type Authenticator, NOBODY, type Send } from './session.ts'
import type { WorkloadOptions } from './workload-options.ts'

export { passwordLogin } from './auth/password-login.ts'
export { clientCredentials, passwordGrant } from './auth/oauth.ts'
export { apiKey, basicAuth, bearerToken } from './auth/fixed-secrets.ts'
export { ownLogin, sessionCookie } from './auth/own-login.ts'

/** A log-in. Whatever it sends is tagged as nobody's service level. */
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
  /** What the log-in needs of k6, such as cookies that stay. */
  k6Options?: WorkloadOptions
}

/** For an API that asks nobody who they are. */
export const noLogin: AuthStrategy = { authenticator: () => NOBODY }
