// One user of the sandbox's gRPC service: enhances prompts one by one or in a conversation, and looks back.
import { passwordLogin } from '../../lib/auth-setup.ts'
import type { Workload } from '../../lib/workload.ts'
import { enhanceEach } from './enhance-each.ts'
import { enhance } from './enhance.ts'
import { history } from './history.ts'

const SANDBOX_USERS = 5_000

export const workload: Workload = {
  name: 'prompts-grpc',
  // The gRPC service has no log-in, so users log in by HTTP; calls carry the token as metadata.
  auth: passwordLogin({
    login: 'POST /v1/auth/login',
    refresh: 'POST /v1/auth/refresh',
    credentials: (user) => ({
      username: `user-${String(((user - 1) % SANDBOX_USERS) + 1).padStart(4, '0')}`,
      password: 'sandbox-password',
    }),
  }),
  thinkTime: { minSeconds: 0.4, maxSeconds: 1.3 },
  operations: {
    enhance: { weight: 70, run: enhance },
    history: { weight: 20, run: history },
    'enhance-each': { weight: 10, run: enhanceEach },
  },
}
