// A suite for the tests of this folder.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProgram } from '../../../scripts/program.ts'
import { readSuite } from '../../../scripts/suite/read-suite.ts'
import { runOutcome } from '../../../scripts/suite/run-outcome.ts'
import type { OptionValue, Suite } from '../../../scripts/suite/suite-file.ts'
import type { PhaseState, RunState, SuiteState } from '../../../scripts/suite/suite-state.ts'
import type { Judgement } from '../../../scripts/verdict/verdict.ts'
import { createVerdict } from '../report/example-verdict.ts'

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

/** All commands of the command line. */
export const { commands } = createProgram(() => undefined)

/** Reads a text as a suite file. */
export async function readText(
  text: string,
  overrides: Record<string, OptionValue> = {},
  usual: Record<string, OptionValue> = {},
): Promise<Suite> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-suite-'))
  const file = join(folder, 'suite.yaml')
  await writeFile(file, text)
  try {
    const { suite } = await readSuite(file, 'suite.yaml', { commands, env: {}, overrides, usual })
    return suite
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A suite of one run, in YAML. */
export function oneRun(run: string, head = ''): string {
  return `name: one\n${head}phases:\n  - name: only\n    runs:\n      - ${run}\n`
}
