import { DEFAULT_SETTINGS, type RunSettings } from '../../lib/run-settings.ts'
import type { RunOptions } from './run-options.ts'

/** A first run must show its result soon; a target of the user's own runs at full length. */
const SANDBOX_TIME_SCALE = 0.1

/** By what all durations of a run are multiplied. */
export function timeScaleOf({ timeScale, target }: RunOptions): number {
  return timeScale ?? (target.length === 0 ? SANDBOX_TIME_SCALE : 1)
}

/** What of the command line is baked into the bundle. */
export function settingsOf(
  scenario: string,
  options: RunOptions,
  { id, timeScale }: { id: string; timeScale: number },
): RunSettings {
  const { profile, mix, model, users, rate, fromRate, poolUsers, duration, seed } = options
  return {
    ...DEFAULT_SETTINGS,
    scenario,
    seed,
    timeScale,
    ...(profile !== undefined && { profile }),
    ...(mix !== undefined && { mix }),
    ...(model && { model }),
    ...(users !== undefined && { users }),
    ...(poolUsers !== undefined && { poolUsers }),
    ...(rate !== undefined && { ratePerSecond: rate }),
    ...(fromRate !== undefined && { fromRatePerSecond: fromRate }),
    ...(duration !== undefined && { duration }),
    // A tag on every sample costs: it is for those that leave this machine.
    ...(leavesMachine(options) && { testid: id }),
  }
}

function leavesMachine({ out, prometheus }: RunOptions): boolean {
  return out.length > 0 || prometheus !== undefined
}
