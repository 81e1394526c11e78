import { credentialsFrom } from '../../lib/auth/credentials.ts'

const SANDBOX_USERS = 5_000

/** Name and password of the nth user: those of the environment, or the sandbox's own. */
export const credentialsOf = credentialsFrom((user) => ({
  username: `user-${String(((user - 1) % SANDBOX_USERS) + 1).padStart(4, '0')}`,
  password: 'sandbox-password',
}))
