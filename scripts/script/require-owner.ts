// Pure. Whether a load is small enough for a target that nobody knows before it runs.
import { number } from '../core/count.ts'
import type { RunPlan } from '../../lib/plan.ts'
import { ownerUnknown } from './errors.ts'

/** Above this the owner must have said yes: users, or iterations per second. */
const SMALL_LOAD = 50

/**
 * Refuses more than a small load of a script unless its user owns what it calls.
 *
 * @throws ToolkitError `K6V_OWNER_UNKNOWN`
 */
export function requireOwner({ script = [] }: RunPlan, isConfirmed: boolean): void {
  if (isConfirmed) return
  const most = (models: readonly string[]): number =>
    script
      .filter(({ model }) => models.includes(model))
      .reduce((sum, { target }) => sum + target, 0)
  const users = most(['closed', 'once'])
  const rate = most(['open'])
  if (users > SMALL_LOAD) throw ownerUnknown(`${number(users)} users`)
  if (rate > SMALL_LOAD) throw ownerUnknown(`${number(Math.round(rate))} iterations/s`)
}
