// One user of the sandbox's gRPC service: enhances prompts one by one or in a conversation, and looks back.
import { sandboxLogin } from '../../lib/auth/sandbox-login.ts'
import type { Workload } from '../../lib/workload.ts'
import { enhanceEach } from './enhance-each.ts'
import { enhance } from './enhance.ts'
import { history } from './history.ts'

export const workload: Workload = {
  name: 'prompts-grpc',
  // The gRPC service has no log-in, so users log in by HTTP; calls carry the token as metadata.
  auth: sandboxLogin(),
  thinkTime: { minSeconds: 0.4, maxSeconds: 1.3 },
  operations: {
    enhance: { weight: 70, run: enhance },
    history: { weight: 20, run: history },
    'enhance-each': { weight: 10, run: enhanceEach },
  },
}
