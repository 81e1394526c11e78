import { passwordLogin } from '../../lib/auth-setup.ts'

const SANDBOX_USERS = 5_000

/** Each VU is a user of its own, as the sandbox has them. */
export const userLogin = passwordLogin({
  login: 'POST /v1/auth/login',
  refresh: 'POST /v1/auth/refresh',
  credentials: (user) => ({
    username: `user-${String(((user - 1) % SANDBOX_USERS) + 1).padStart(4, '0')}`,
    password: 'sandbox-password',
  }),
})
