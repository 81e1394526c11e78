// One ValueCanvas user, with one canvas: sets its state, runs workflows, changes it, reads it, follows its changes.
import { passwordLogin } from '../../lib/auth-setup.ts'
import type { Workload } from '../../lib/workload.ts'
import { executeWorkflow } from './execute-workflow.ts'
import { readState } from './read-state.ts'
import { setState } from './set-state.ts'
import { subscribe } from './subscribe.ts'
import { updateState } from './update-state.ts'

const SANDBOX_USERS = 5_000

export const workload: Workload = {
  name: 'value-canvas',
  auth: passwordLogin({
    login: 'POST /v1/auth/login',
    refresh: 'POST /v1/auth/refresh',
    credentials: (user) => ({
      username: `user-${String(((user - 1) % SANDBOX_USERS) + 1).padStart(4, '0')}`,
      password: 'sandbox-password',
    }),
  }),
  // People look at a canvas for a moment, and now and then for long.
  thinkTime: { medianSeconds: 0.7, p95Seconds: 2.5 },
  operations: {
    'set-state': { weight: 10, run: setState },
    'execute-workflow': { weight: 20, run: executeWorkflow },
    'update-state': { weight: 25, run: updateState },
    'read-state': { weight: 35, run: readState },
    subscribe: { weight: 10, run: subscribe },
  },
  mixes: {
    'read-heavy': { 'read-state': 95, 'update-state': 5 },
    'write-heavy': { 'set-state': 40, 'update-state': 60 },
  },
}
