import { passwordLogin } from '../../lib/auth-setup.ts'
import type { Workload } from '../../lib/workload.ts'
import { credentialsOf } from './user.ts'

/** A workload of the store with some of its operations. A thousand VUs that do one thing need not each hold the code of all. */
export const storeWorkload = (
  parts: Pick<Workload, 'operations'> & Partial<Workload>,
): Workload => ({
  name: 'collection-store',
  auth: passwordLogin({
    login: 'POST /v1/auth/login',
    refresh: 'POST /v1/auth/refresh',
    credentials: credentialsOf,
  }),
  thinkTime: { medianSeconds: 0.7, p95Seconds: 2.5 },
  ...parts,
})
