// Who a request is from.
import { asLogIn } from './log-in-tags.ts'

/** What proves who the user is. */
export interface Authenticator {
  /** Added to each request. */
  headers: Record<string, string>
  /** Added to each query, for an API key that belongs there. */
  query?: Record<string, string>
  /** Unix time from which `renew` is called before a request; 0 at first, where there is a log-in. */
  renewAtMs: number
  /**
   * Logs in or refreshes; also called when the API refused the headers (401). False when there is
   * nothing newer to try. Whatever it sends, no objective judges.
   *
   * @throws AuthError when the user could not be logged in
   */
  renew: () => boolean
}

/** For requests without a log-in. */
export const NOBODY: Authenticator = { headers: {}, renewAtMs: Infinity, renew: () => false }

/** Logs the user in, or in again. @throws AuthError */
export const logIn = (auth: Authenticator): boolean => asLogIn(() => auth.renew())
