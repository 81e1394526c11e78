// A logged-in user, and what its operations send with.
import type { AuthStrategy } from './auth-setup.ts'
import type { Tokens } from './auth/tokens.ts'
import { type Authenticator, logIn, NOBODY } from './authenticator.ts'
import { failingOperations } from './operation.ts'
import { createSend, type Send } from './send.ts'

export { type Authenticator, NOBODY } from './authenticator.ts'
export { expectNoRedirects } from './request-params.ts'
export { createSend, type RequestOptions, type Response, type Send } from './send.ts'

/** One logged-in user of one VU. */
export interface Session {
  /** Number of the user, unique in the whole test, from 1. */
  user: number
  /** Base URL, for what is no HTTP request. */
  target: string
  auth: Authenticator
  send: Send
  /** How long a request of the run waits, for what is no HTTP request. */
  timeoutMs: number
}

/** Which user of which target, and the tokens that setup() has for it. */
export interface SessionSettings {
  target: string
  user: number
  prepared: readonly Tokens[]
  timeoutMs: number
}

/** The session of a user; it logs in with its first request. */
export const createSession = (
  { authenticator }: AuthStrategy,
  { target, user, prepared, timeoutMs }: SessionSettings,
): Session => {
  const auth = authenticator(createSend(target, NOBODY, timeoutMs), user, prepared)
  const send = failingOperations(createSend(target, auth, timeoutMs))
  return { user, target, auth, send, timeoutMs }
}

/** The user's own headers, for what is no HTTP request. @throws AuthError */
export const headersOf = ({ auth }: Session): Record<string, string> => {
  if (Date.now() > auth.renewAtMs) logIn(auth)
  return auth.headers
}
