// Users of the sandbox, for the workloads of this repository. A workload for your API has its own log-in in its place.
import type { AuthStrategy } from '../auth-setup.ts'
import type { Credentials } from '../users-file.ts'
import { passwordLogin } from './password-login.ts'

const USERS = 5_000

/** Name and password of the nth user, from 1; after the last one it begins again. */
export const sandboxUser = (user: number): Credentials => ({
  username: `user-${String(((user - 1) % USERS) + 1).padStart(4, '0')}`,
  password: 'sandbox-password',
})

/** Logs each VU in as its user of the sandbox, or as the users that AUTH_USERS_FILE or AUTH_USERNAME name. */
export const sandboxLogin = (): AuthStrategy =>
  passwordLogin({
    login: 'POST /v1/auth/login',
    refresh: 'POST /v1/auth/refresh',
    credentials: sandboxUser,
  })
