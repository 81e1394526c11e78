// One BetterPrompts user: mostly enhances a prompt, sometimes a batch of them, sometimes looks back.
import { sandboxLogin } from '../../lib/auth/sandbox-login.ts'
import type { Workload } from '../../lib/workload.ts'
import { batch } from './batch.ts'
import { enhance } from './enhance.ts'
import { history } from './history.ts'

export const workload: Workload = {
  name: 'better-prompts',
  auth: sandboxLogin(),
  segmentClaim: 'segment',
  // 0.85 s on average, so that 1000 users ask for a little more than 1000 requests/s.
  thinkTime: { minSeconds: 0.4, maxSeconds: 1.3 },
  operations: {
    enhance: { weight: 70, run: enhance },
    batch: { weight: 20, run: batch },
    history: { weight: 10, run: history },
  },
}
