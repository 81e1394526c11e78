import { clock } from '../core/format-measure.ts'
import { goneBecause } from './process-identity.ts'
import { progressText } from './suite-progress.ts'
import type { SuiteState } from './suite-state.ts'
import { renderSuite, runTable } from './suite-terminal.ts'

/** Where a suite is, or how it ended. */
export function statusText(state: SuiteState, folder: string, nowMs: number): string {
  if (state.result) return renderSuite(state, folder).trimStart()
  const { id, process: by, startedAt } = state
  const gone = goneBecause(by)
  const since = clock((nowMs - Date.parse(startedAt)) / 1_000)
  const where =
    gone === undefined
      ? `RUNNING  ${id} for ${since}: ${progressText(state, nowMs)} (process ${by.pid})`
      : `NOT RUNNING  ${id}: ${gone}, and it has left no verdict`
  return [where, '', runTable(state, folder, gone === undefined ? 'running' : 'lost')].join('\n')
}
