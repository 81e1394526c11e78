// Whose name and password a virtual user takes: a file's, the environment's, or the workload's own.
import { SharedArray } from 'k6/data'
import { env, requiredEnv } from '../env.ts'
import { logFirstErrors } from '../first-errors.ts'
import { type Credentials, parseUsers } from '../users-file.ts'

/** Name and password of the nth user, from 1; numbers are unique over all VUs and instances. */
export type CredentialsOf = (user: number) => Credentials

/**
 * AUTH_USERS_FILE (JSON or CSV, one user for each VU) or AUTH_USERNAME and AUTH_PASSWORD (one user
 * for all), where they are set; else those of the workload, if it has some. To be called in init code: the file is
 * read once, and its users are shared by all VUs.
 *
 * @throws Error when both are set, none is and the workload has none, or the file is not what it should be
 */
export const credentialsFrom = (own?: CredentialsOf): CredentialsOf => {
  const [path, username, password] = ['USERS_FILE', 'USERNAME', 'PASSWORD'].map((name) =>
    env(`AUTH_${name}`),
  )
  if (path === undefined) {
    const given = { ...(username && { username }), ...(password && { password }) }
    if (own) return (user) => ({ ...own(user), ...given })
    const all = { username: requiredEnv('AUTH_USERNAME'), password: requiredEnv('AUTH_PASSWORD') }
    return () => all
  }
  if (username ?? password) {
    throw new Error('Expected AUTH_USERS_FILE or AUTH_USERNAME and AUTH_PASSWORD, got both')
  }

  const users = new SharedArray<Credentials>(path, () => parseUsers(open(path), path))
  return (user) => {
    if (user > users.length)
      logFirstErrors(`${path} has ${users.length} users: user ${user} shares`)
    return users[(user - 1) % users.length] as Credentials
  }
}
