import { DEFAULT_SETTINGS, type RunSettings } from '../../lib/run-settings.ts'
import type { CompareOptions } from './compare-options.ts'

/** What is baked into the one bundle of all runs: the same load, data and seed on both sides. */
export function settingsOfPairs(
  scenario: string,
  options: CompareOptions,
  id: string,
): RunSettings {
  const { profile, model, users, rate, poolUsers, duration, seed, out, timeScale } = options
  return {
    ...DEFAULT_SETTINGS,
    scenario,
    seed,
    ...(timeScale !== undefined && { timeScale }),
    ...(profile !== undefined && { profile }),
    ...(model && { model }),
    ...(users !== undefined && { users }),
    ...(poolUsers !== undefined && { poolUsers }),
    ...(rate !== undefined && { ratePerSecond: rate }),
    ...(duration !== undefined && { duration }),
    // A tag on every sample costs: it is for those that leave this machine.
    ...(out.length > 0 && { testid: id }),
  }
}
