import { placeholdersOf } from '../../lib/plan-file/template.ts'
import type { Advice } from './plan-problem.ts'
import type { SoundPlan } from './check-plan.ts'

/** Headers that prove who somebody is. */
const SECRET = /^(authorization|proxy-authorization|cookie|.*(api-?key|token|secret).*)$/i

/** What a plan says openly that should be a secret: it goes into the script, and with it into every run's folder. */
export function secretAdvice({ plan }: SoundPlan): Advice[] {
  return Object.entries(plan.operations ?? {}).flatMap(([name, { steps }]) =>
    steps.flatMap((step, index) => {
      const headers = Object.entries('pause' in step ? {} : (step.headers ?? {}))
      const open = headers.filter(([header, value]) => {
        return SECRET.test(header) && placeholdersOf(value).length === 0
      })
      return open.map(([header]) => ({
        kind: 'warning' as const,
        at: ['operations', name, 'steps', index, 'headers', header],
        text: `the value of ${header} stands in the plan, and in the script of each run`,
        hint: 'A log-in such as { strategy: bearerToken, variable: SHOP_TOKEN } takes it from the environment.',
      }))
    }),
  )
}
