import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunPlan } from '../../lib/plan.ts'
import { samplesUnreadable } from '../samples/errors.ts'
import { type RunFolder, SAMPLES_FILE } from '../run-folder/run-folder.ts'
import { tableFacts } from '../samples/convert.ts'
import { openDatabase } from '../samples/sample-database.ts'
import { runTablesSql } from '../verdict/facts/run-tables.ts'
import type { JudgedRun } from '../verdict/judge-run.ts'
import { type Figures, figuresOf } from './figures.ts'

/** What of a verdict says how its samples are read. */
export type FiguresOf = Pick<JudgedRun, 'series' | 'traffic' | 'redirectsGivenUp'> & {
  plan: RunPlan
}

/**
 * The figures of one run. They are computed in a separate database that can read that run's samples only; the list is
 * empty when the samples are gone.
 *
 * @throws ToolkitError when they cannot be read
 */
export async function readFigures(
  { path: folder, samples }: Pick<RunFolder, 'path' | 'samples'>,
  { plan, series, traffic, redirectsGivenUp = false }: FiguresOf,
  percentiles: readonly number[],
): Promise<Figures[]> {
  if (!existsSync(samples)) return []
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const database = await openDatabase({ temporaryFolder, files: [samples] })
  try {
    const { columns } = await tableFacts(database, samples)
    const { startMs } = series.timeline
    const file = { folder, name: SAMPLES_FILE, columns }
    const { here } = await runTablesSql(database, file, { plan, startMs, redirectsGivenUp })
    return await figuresOf({ database, requests: here[traffic ?? 'requests'], percentiles })
  } catch (error) {
    throw samplesUnreadable(samples, String(error).split('\n', 1)[0] ?? '')
  } finally {
    database.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}
