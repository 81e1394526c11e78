// A small run folder with everything that reports and exports read, for tests.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { convertSamples } from '../../../scripts/samples/convert.ts'
import { openDatabase } from '../../../scripts/samples/sample-database.ts'
import {
  type ExampleSample,
  recordingText,
  requests,
  sample,
} from '../verdict/example-recording.ts'
import { type VerdictFile, writeVerdict } from '../../../scripts/verdict/verdict-file.ts'
import { createVerdict } from './example-verdict.ts'

export interface ExampleRun {
  id: string
  path: string
  /** The folder that it is in. */
  results: string
}

export interface ExampleRunInput {
  id?: string
  /** Without it, a new one. */
  results?: string
  verdict?: Partial<VerdictFile>
  samples?: readonly ExampleSample[]
}

/** Writes `verdict.json` and `samples.parquet` into a folder of their own. */
export async function createRunFolder(
  t: Pick<TestContext, 'after'>,
  input: ExampleRunInput = {},
): Promise<ExampleRun> {
  const { id = '20261121-084604-load-7f3a', samples = exampleSamples() } = input
  const results = input.results ?? (await mkdtemp(join(tmpdir(), 'k6v-example-run-')))
  const path = join(results, id)
  await mkdir(path)
  t.after(() => rm(input.results === undefined ? results : path, { recursive: true, force: true }))
  const csv = join(path, 'samples.csv')
  await writeFile(csv, recordingText(samples))
  const database = await openDatabase({ temporaryFolder: path })
  await convertSamples({ database, csv, parquet: join(path, 'samples.parquet') })
  database.close()
  await rm(csv)
  const { run } = createVerdict()
  await writeVerdict(
    join(path, 'verdict.json'),
    createVerdict({ run: { ...run, id }, ...input.verdict }),
  )
  return { id, path, results }
}

/** 100 s of ten requests per second, half of them in each of two regions, and some checks. */
function exampleSamples(): ExampleSample[] {
  const ofRegion = (region: string, segment: string, name: string) =>
    requests({ from: 0, to: 100, perSecond: 5, tags: { region, segment, name } })
  return [
    ...ofRegion('us-east', 'developer', 'POST /v1/enhance'),
    ...ofRegion('eu-west', 'marketer', 'GET /v1/history'),
    ...Array.from({ length: 100 }, (_, second) => sample('checks', second)),
  ]
}
