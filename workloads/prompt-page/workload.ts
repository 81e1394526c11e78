// One person at the page of BetterPrompts, in a browser: looks at it, logs in, has a prompt enhanced.
import { noLogin } from '../../lib/auth-setup.ts'
import { withPage } from '../../lib/browser-page.ts'
import type { Workload } from '../../lib/workload.ts'
import { enhance } from './enhance.ts'
import { logIn, open } from './page.ts'

export const workload: Workload = {
  name: 'prompt-page',
  // People log in on the page.
  auth: noLogin,
  browser: true,
  thinkTime: { medianSeconds: 1, p95Seconds: 3 },
  operations: {
    visit: { weight: 30, run: (session) => withPage((page) => open(page, session)) },
    'log-in': {
      weight: 20,
      run: (session) =>
        withPage(async (page) => {
          await open(page, session)
          await logIn(page, session)
        }),
    },
    enhance: { weight: 50, run: enhance },
  },
}
