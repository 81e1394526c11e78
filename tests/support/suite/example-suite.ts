// A suite for the tests of this folder.
import { createVerdict } from '../report/example-verdict.ts'
import type { Judgement } from '../../../scripts/verdict/verdict.ts'
import { runOutcome } from '../../../scripts/suite/run-outcome.ts'
import type { PhaseState, RunState, SuiteState } from '../../../scripts/suite/suite-state.ts'

/** A run that has ended so. */
export function createRun(judgement: Judgement, changes: Partial<RunState> = {}): RunState {
  const outcome = runOutcome(createVerdict(), { runsAtOnce: 1 })
  const { id } = outcome
  return {
    number: 1,
    label: 'load',
    command: 'npm run k6 -- load',
    allowed: ['PASS'],
    plannedSeconds: 30,
    startedAt: '2026-12-01T10:00:00.000Z',
    endedAt: '2026-12-01T10:00:40.000Z',
    exitCode: 0,
    outcome: { ...outcome, ...judgement, folder: id, hasReport: true },
    ...changes,
  }
}

/** One that was not started. */
export function createUnstarted(changes: Partial<RunState> = {}): RunState {
  const { number, label, command, allowed } = createRun({ verdict: 'PASS' })
  return { ...{ number, label, command, allowed }, plannedSeconds: 30, ...changes }
}

/** A suite of one phase, whose process is long gone. */
export function createState(runs: RunState[], changes: Partial<SuiteState> = {}): SuiteState {
  return {
    format: 1,
    kind: 'suite',
    id: 'suite-20261201-100000-example-0000',
    name: 'example',
    file: 'suites/example.yaml',
    command: 'npm run k6 -- suite suites/example.yaml',
    process: { pid: 2, host: 'runner', started: 'boot 1' },
    startedAt: '2026-12-01T10:00:00.000Z',
    onFailure: 'continue',
    isStrict: false,
    phases: [createPhase({ runs })],
    ...changes,
  }
}

/** A phase with nothing around its runs. */
export function createPhase(changes: Partial<PhaseState>): PhaseState {
  return {
    ...{ name: 'peak', isParallel: false, stage: 'ended', prepare: [], cleanup: [], runs: [] },
    ...changes,
  }
}
