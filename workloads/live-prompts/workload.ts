// One BetterPrompts user over a WebSocket: most send prompts and wait for answers, some follow how busy the model is.
import { passwordLogin } from '../../lib/auth-setup.ts'
import type { Workload } from '../../lib/workload.ts'
import { ask } from './ask.ts'
import { follow } from './follow.ts'

const SANDBOX_USERS = 5_000

export const workload: Workload = {
  name: 'live-prompts',
  auth: passwordLogin({
    login: 'POST /v1/auth/login',
    refresh: 'POST /v1/auth/refresh',
    credentials: (user) => ({
      username: `user-${String(((user - 1) % SANDBOX_USERS) + 1).padStart(4, '0')}`,
      password: 'sandbox-password',
    }),
  }),
  thinkTime: { medianSeconds: 0.5, p95Seconds: 2 },
  operations: {
    ask: { weight: 70, run: ask },
    follow: { weight: 30, run: follow },
  },
}
