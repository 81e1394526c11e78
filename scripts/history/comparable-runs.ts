import type { RunRecord } from './run-record.ts'

/** Runs of the same scenario, workload, load and target. */
export interface ComparableRuns {
  scenario: string
  workload: string
  setup: string
  /** Oldest first; those that are INVALID are no part of it. */
  runs: RunRecord[]
}

/** Groups of runs that may be compared, the one with the newest run first. */
export function comparableRuns(runs: readonly RunRecord[]): ComparableRuns[] {
  const groups = new Map<string, ComparableRuns>()
  for (const run of runs.filter(({ verdict }) => verdict !== 'INVALID')) {
    const { scenario, workload, setup } = run
    const key = JSON.stringify([scenario, workload, setup])
    const group = groups.get(key) ?? { scenario, workload, setup, runs: [] }
    // Set again, the newest group is the last one.
    groups.delete(key)
    groups.set(key, group)
    group.runs.push(run)
  }
  return [...groups.values()].reverse()
}
