import { sandboxLogin } from '../../lib/auth/sandbox-login.ts'
import type { Workload } from '../../lib/workload.ts'

/** The store's workload with the given operations: a thousand VUs that do one thing need not hold the code of all of them. */
export const storeWorkload = (
  parts: Pick<Workload, 'operations'> & Partial<Workload>,
): Workload => ({
  name: 'collection-store',
  auth: sandboxLogin(),
  thinkTime: { medianSeconds: 0.7, p95Seconds: 2.5 },
  ...parts,
})
