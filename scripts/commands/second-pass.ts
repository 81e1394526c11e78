import type { Reason } from '../reasons/reasons.ts'
import type { RunOptions } from './run-options.ts'

/** The rates of a ramp, iterations per second. */
export type Ramp = Required<Pick<RunOptions, 'fromRate' | 'rate'>>

/**
 * The narrower ramp that says more of a capacity whose limit lies between a good and a bad step; undefined
 * where nothing is open, or the machines of a divided load would have to begin together again.
 */
export function secondPass(
  reasons: readonly Pick<Reason, 'code' | 'data'>[],
  { secondPass: isWanted, segment }: Pick<RunOptions, 'secondPass' | 'segment'>,
): Ramp | undefined {
  const open = reasons.find(({ code }) => code === 'CAPACITY_OPEN')
  if (!open || !isWanted || segment) return undefined
  const { from, to } = open.data as { from: number; to: number }
  return { fromRate: from, rate: to }
}
