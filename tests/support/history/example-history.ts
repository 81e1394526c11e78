// Runs and verdict files for the tests of this folder and of tests/history.e2e.test.ts.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createVerdict } from '../report/example-verdict.ts'
import { createPlan } from '../sla/example.ts'
import type { Judgement, VerdictWord } from '../../../scripts/verdict/verdict.ts'
import type { ObjectiveRecord, RunRecord } from '../../../scripts/history/run-record.ts'

export const START_MS = Date.UTC(2026, 10, 1)

const HOUR_MS = 3_600_000

export function createObjective(changes: Partial<ObjectiveRecord> = {}): ObjectiveRecord {
  return {
    id: 'latency-p95',
    level: 'required',
    indicator: 'latency p95',
    limit: '< 200ms',
    bound: 200,
    unit: 'ms',
    verdict: 'PASS',
    measured: 100,
    ...changes,
  }
}

/** @param hour of its start, since the first run */
export function createRun(hour: number, changes: Partial<RunRecord> = {}): RunRecord {
  const id = `run-${String(hour).padStart(4, '0')}`
  return {
    id,
    folder: id,
    startedAtMs: START_MS + hour * HOUR_MS,
    verdict: 'PASS',
    scenario: 'load',
    workload: 'better-prompts',
    setup: '100 users, 100 s, sandbox',
    hasReport: false,
    objectives: [createObjective()],
    ...changes,
  }
}

/** Runs of one objective that measured these values, one an hour. */
export function createRuns(
  values: readonly number[],
  objective: Partial<ObjectiveRecord> = {},
): RunRecord[] {
  return values.map((measured, hour) => {
    return createRun(hour, { objectives: [createObjective({ ...objective, measured })] })
  })
}

/** `verdict.json` as far as a report needs it. */
export function verdictOf(run: RunRecord): Record<string, unknown> {
  const { id, scenario, workload, verdict, startedAtMs } = run
  const objectives = run.objectives.map((each) => ({ ...each, ...judgementOf(each.verdict) }))
  const { delivery, generator, samples } = createVerdict()
  const settings = { scenario, timeScale: 1, seed: 1 }
  const target = { base: 'http://127.0.0.1:8640', byRegion: {}, sandbox: true }
  const startedAt = new Date(startedAtMs).toISOString()
  return {
    ...{ format: 2, ...judgementOf(verdict), objectives },
    ...{ reasons: [], errors: [], endpoints: [], delivery, generator, samples },
    run: { id, scenario, workload, settings, plan: createPlan(), target, startedAt },
  }
}

function judgementOf(word: VerdictWord): Judgement {
  return word === 'MARGINAL' ? { verdict: 'PASS', isClose: true } : { verdict: word }
}

/** Writes runs as a results folder would have them. */
export async function writeRuns(results: string, runs: readonly RunRecord[]): Promise<void> {
  for (const run of runs) {
    const folder = join(results, run.folder)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'verdict.json'), JSON.stringify(verdictOf(run)))
    if (run.hasReport) await writeFile(join(folder, 'report.html'), 'a report')
  }
}
