// One BetterPrompts user: mostly enhances a prompt, sometimes a batch of them, sometimes looks back.
import { passwordLogin } from '../../lib/auth-setup.ts'
import type { Workload } from '../../lib/workload.ts'
import { batch } from './batch.ts'
import { enhance } from './enhance.ts'
import { history } from './history.ts'

export const workload: Workload = {
  name: 'better-prompts',
  auth: passwordLogin({
    login: 'POST /v1/auth/login',
    refresh: 'POST /v1/auth/refresh',
    credentials: (user) => ({ username: seededUser(user), password: 'sandbox-password' }),
  }),
  // 0.85 s on average, so that 1000 users ask for a little more than 1000 requests/s.
  thinkTime: { minSeconds: 0.4, maxSeconds: 1.3 },
  operations: {
    enhance: { weight: 70, run: enhance },
    batch: { weight: 20, run: batch },
    history: { weight: 10, run: history },
  },
}

const SANDBOX_USERS = 5_000

function seededUser(user: number): string {
  return `user-${String(((user - 1) % SANDBOX_USERS) + 1).padStart(4, '0')}`
}
