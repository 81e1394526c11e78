// One owner of a cloud account: collects its costs, analyses them and asks how to save money.
import { sandboxLogin } from '../../lib/auth/sandbox-login.ts'
import type { Workload } from '../../lib/workload.ts'
import { analyse } from './analyse.ts'
import { collect } from './collect.ts'
import { recommend } from './recommend.ts'
import { volume } from './volume.ts'
import { workflow } from './workflow.ts'

export const workload: Workload = {
  name: 'cost-agent',
  auth: sandboxLogin(),
  thinkTime: { medianSeconds: 0.5, p95Seconds: 2 },
  operations: {
    collect: { weight: 40, run: collect },
    analyse: { weight: 20, run: analyse },
    recommend: { weight: 20, run: recommend },
    workflow: { weight: 20, run: workflow },
    volume: { weight: 0, run: volume },
  },
  mixes: {
    collections: { collect: 1 },
    analyses: { analyse: 1 },
    recommendations: { recommend: 1 },
    workflows: { workflow: 1 },
    volumes: { volume: 1 },
  },
}

/** The same workload without think time: each user always has a request in flight. */
export const withoutPauses: Workload = { ...workload, thinkTime: { seconds: 0 } }
