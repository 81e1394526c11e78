import { parseUsers } from '../../lib/users-file.ts'
import { readFileSync } from 'node:fs'
import { number } from '../core/format-measure.ts'
import { usableMemoryBytes } from '../k6/environment.ts'
import { type Advice, adviseIf } from './plan-problem.ts'
import type { SoundPlan } from './check-plan.ts'
import type { PlannedLoad } from './plan-facts.ts'

/** Of k6 itself, and of each VU with the script of a plan; docs/benchmarks.md has how it was measured. */
const K6_BYTES = 60e6
const VU_BYTES = 1e6

/** Rows are in the script, which each k6 reads. */
const ROWS_MANY_BYTES = 1e6

/** Whether this machine, and the users that there are, suffice. */
export function resourceAdvice({ plan, files, loads }: SoundPlan): Advice[] {
  const rowBytes = JSON.stringify(files.rows).length
  return [
    ...loads.flatMap(memory),
    ...adviseIf(rowBytes > ROWS_MANY_BYTES, {
      kind: 'resources',
      at: ['data'],
      text: `${number(rowBytes / 1e6)} MB of rows: every k6 of the run reads them before it starts`,
      hint: 'A few thousand rows are just as random.',
    }),
    ...loads.flatMap((load) => users(load, files.usersFile)),
    ...adviseIf(
      plan.login?.strategy === 'passwordLogin' && loads.some(isLarge) && !sharesTokens(plan),
      {
        kind: 'resources',
        at: ['login'],
        text: 'each VU logs in by itself, in its first iteration',
        hint: 'logInsBeforeLoad: 10 logs ten users in before the load, whose tokens all VUs share.',
      },
    ),
  ]
}

function sharesTokens({ login }: SoundPlan['plan']): boolean {
  return login !== undefined && 'logInsBeforeLoad' in login
}

function isLarge({ run }: PlannedLoad): boolean {
  return run.model === 'closed' && run.target >= 500
}

/** VUs that a load may need; an open model keeps at least 50 ready. */
function vusOf({ run }: PlannedLoad, iterationSeconds = 1): number {
  return run.model === 'open' ? Math.max(50, run.target * iterationSeconds) : run.target
}

function memory(load: PlannedLoad): Advice[] {
  const vus = vusOf(load)
  const bytes = K6_BYTES + vus * VU_BYTES
  const usable = usableMemoryBytes()
  const gb = (amount: number): string => (amount / 1e9).toFixed(1)
  return adviseIf(bytes > usable / 2, {
    kind: 'resources',
    at: load.at,
    text: `${number(vus)} VUs take about ${gb(bytes)} GB, this machine has ${gb(usable)} GB in all`,
    hint: 'Divide the load: --segment 1/2 and 2/2 on two machines, or --kubernetes.',
  })
}

function users({ at, run }: PlannedLoad, file: string | undefined): Advice[] {
  if (file === undefined) return []
  const count = parseUsers(readFileSync(file, 'utf8'), file).length
  return adviseIf(run.model === 'closed' && count < run.target, {
    kind: 'resources',
    at,
    text: `${number(run.target)} VUs share ${number(count)} users of the file`,
    hint: 'If a user may have only one session, VUs log each other out: add users, or use fewer VUs.',
  })
}
