// Pure. Whether a load is small enough for a target that nobody knows before it runs.
import { number } from '../core/format-measure.ts'
import type { RunPlan } from '../../lib/plan.ts'
import { ownerUnknown } from './errors.ts'
import type { AnyScenario } from '../plan/k6-options.ts'

/** Above this the owner must have said yes: users, or iterations per second. */
const SMALL_LOAD = 50

export interface OwnedLoad {
  plan: Pick<RunPlan, 'script'>
  scenarios: Readonly<Record<string, AnyScenario>>
  /** The user said `--i-own-this-target`. */
  isConfirmed: boolean
}

/**
 * Refuses more than a small load of a script unless its user owns what it calls. A rate is no more than the load of the
 * users that it is made by.
 *
 * @throws ToolkitError `K6V_OWNER_UNKNOWN`
 */
export function requireOwner({ plan: { script = [] }, scenarios, isConfirmed }: OwnedLoad): void {
  if (isConfirmed) return
  const open = script.filter(({ model }) => model === 'open')
  const users = sum(script.filter(({ model }) => model !== 'open').map(({ target }) => target))
  const pool = sum(open.map(({ name }) => poolOf(scenarios[name])))
  const rate = sum(open.map(({ target }) => target))
  if (users > SMALL_LOAD) throw ownerUnknown(`${number(users)} users`)
  if (rate <= SMALL_LOAD || users + pool <= SMALL_LOAD) return
  throw ownerUnknown(`${number(Math.round(rate))} iterations/s by up to ${number(pool)} users`)
}

function poolOf({ maxVUs, preAllocatedVUs }: Partial<AnyScenario> = {}): number {
  return Number(maxVUs ?? preAllocatedVUs ?? Infinity)
}

function sum(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0)
}
