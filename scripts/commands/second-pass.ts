import type { RunVerdict } from '../verdict/judge.ts'
import type { RunOptions } from '../options/run-options.ts'

/** The rates of a ramp, iterations per second. */
export type Ramp = Required<Pick<RunOptions, 'fromRate' | 'rate'>>

/**
 * The narrower ramp that says more of a capacity whose limit lies between a good and a bad step, or at a last one
 * that was bad; undefined where more than that is open, or a second pass would not be the same load: its machines
 * would have to begin together again, and a file of `--out` would be written over.
 */
export function secondPass(
  { verdict, reasons }: Pick<RunVerdict, 'verdict' | 'reasons'>,
  options: Pick<RunOptions, 'secondPass' | 'segment' | 'model' | 'out'>,
): Ramp | undefined {
  const open = reasons.find(({ code }) => code === 'CAPACITY_OPEN')
  const isSame = !options.segment && options.model !== 'closed' && options.out.length === 0
  if (verdict !== 'NO_DATA' || !open || !options.secondPass || !isSame) return undefined
  const { from, to } = open.data as { from: number; to: number }
  return { fromRate: from, rate: to }
}
