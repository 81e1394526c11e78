import { DEFAULT_SETTINGS, type RunSettings } from '../../lib/run-settings.ts'
import type { RunOptions } from './run-options.ts'

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
