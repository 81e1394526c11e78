import { placeholdersOf } from '../../lib/plan-file/template.ts'
import type { PlanLogIn } from '../../lib/plan-file/plan-file.ts'
import { quote } from '../sla/problem.ts'
import type { PlanProblem } from './plan-problem.ts'

/** What a log-in says that cannot be. */
export function checkLogIn(login: PlanLogIn): PlanProblem[] {
  const given = login as unknown as Record<string, unknown>
  const { credentials = {} } = given as { credentials?: Record<string, string> }
  return [
    ...notBoth(given, 'header', 'query'),
    ...notBoth(given, 'users', 'credentials'),
    ...Object.entries(credentials).flatMap(([field, value]) =>
      placeholdersOf(value)
        .filter((name) => !/^user(\(\d{1,2}\))?$/.test(name))
        .map((name) => ({
          at: ['login', 'credentials', field],
          expected: 'no placeholder but "${user}" and "${user(4)}"',
          found: quote(`\${${name}}`),
          hint: 'A user logs in before its first iteration, so nothing else is known.',
        })),
    ),
  ]
}

function notBoth(given: Record<string, unknown>, first: string, second: string): PlanProblem[] {
  if (given[first] === undefined || given[second] === undefined) return []
  return [
    {
      at: ['login', second],
      expected: `one of "${first}" and "${second}"`,
      found: 'both',
      hint: 'Leave one of the two out.',
    },
  ]
}
