// What proves who a user is without a log-in: it was made elsewhere, and stands in the environment.
import { b64encode } from 'k6/encoding'
import type { AuthStrategy } from '../auth-setup.ts'
import { env, requiredEnv } from '../env.ts'
import { NOBODY } from '../session.ts'
import { type CredentialsOf, credentialsFrom } from './credentials.ts'

/**
 * All users send the token in that variable of the environment, or in the file that `<variable>_FILE` names (an
 * absolute path). To be called in init code.
 *
 * @throws Error when neither is set
 */
export const bearerToken = (variable: string): AuthStrategy => {
  const headers = { Authorization: `Bearer ${secretOf(variable)}` }
  return { authenticator: () => ({ ...NOBODY, headers }) }
}

/**
 * All users send the key in that variable (or its file), as a header or in the query of each request: no report and
 * no tag has a query. To be called in init code.
 *
 * @throws Error when it is not set
 */
export const apiKey = (
  variable: string,
  place: { header: string } | { query: string },
): AuthStrategy => {
  const key = secretOf(variable)
  const own =
    'header' in place ? { headers: { [place.header]: key } } : { query: { [place.query]: key } }
  return { authenticator: () => ({ ...NOBODY, ...own }) }
}

/**
 * Each user sends its name and password with every request (RFC 7617): those of AUTH_USERS_FILE, AUTH_USERNAME and
 * AUTH_PASSWORD, or the workload's own. To be called in init code.
 */
export const basicAuth = (own?: CredentialsOf): AuthStrategy => {
  const credentials = credentialsFrom(own)
  return {
    authenticator: (_send, user) => {
      const { username, password } = credentials(user)
      return {
        ...NOBODY,
        headers: { Authorization: `Basic ${b64encode(`${username}:${password}`)}` },
      }
    },
  }
}

const secretOf = (variable: string): string => {
  const path = env(`${variable}_FILE`)
  return path === undefined ? requiredEnv(variable) : open(path).trim()
}
