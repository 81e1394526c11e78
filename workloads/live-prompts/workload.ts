// One BetterPrompts user over a WebSocket: most send prompts and wait for answers, some follow how busy the model is.
import { sandboxLogin } from '../../lib/auth/sandbox-login.ts'
import type { Workload } from '../../lib/workload.ts'
import { ask } from './ask.ts'
import { follow } from './follow.ts'

export const workload: Workload = {
  name: 'live-prompts',
  auth: sandboxLogin(),
  thinkTime: { medianSeconds: 0.5, p95Seconds: 2 },
  operations: {
    ask: { weight: 70, run: ask },
    follow: { weight: 30, run: follow },
  },
}
