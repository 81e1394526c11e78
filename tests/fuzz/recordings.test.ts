// Whatever became of a recording, it is read; and where samples were lost, the run is INVALID.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pick, type Random } from '../../lib/random.ts'
import { projectPath } from '../../scripts/core/project.ts'
import { convertSamples } from '../../scripts/samples/convert.ts'
import { openDatabase, type SampleDatabase } from '../../scripts/samples/sample-database.ts'
import { readSummary } from '../../scripts/verdict/facts/read-summary.ts'
import { recordedCounts } from '../../scripts/verdict/facts/recorded-counts.ts'
import { runFacts } from '../../scripts/verdict/facts/run-facts.ts'
import { sampleFaults } from '../../scripts/verdict/facts/sample-faults.ts'
import { below, fuzz, mutateBytes } from './mutate.ts'

const CASES = 400
const FIXTURE = projectPath('tests', 'support', 'verdict', 'recording')
const PROCESS_US = { startUs: 1_795_278_407_688_000, endUs: 1_795_278_408_279_000 }

const TOKENS = [
  ...['"', '""', '"""', ',', '\n', '\r', '\r\n', '\0', '&', '=', '\uFEFF', ',"dial ""tcp"", x",'],
  ...['NaN', '+Inf', '1e5', '"a\nb"', 'http_reqs,1,1.0', 'extra_tags', '\n\n\n', "'"],
]

test(`${CASES} recordings`, { timeout: 300_000 }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-fuzz-recording-'))
  const database = await openDatabase({ temporaryFolder: folder })
  t.after(async () => {
    database.close()
    await rm(folder, { recursive: true })
  })
  const original = await readFile(join(FIXTURE, 'samples.csv'))
  const summary = await readSummary(join(FIXTURE, 'summary.json'))
  const whole = await faultsOf({ database, folder, summary, bytes: original })
  assert.deepEqual(whole.faults, [])

  await fuzz({
    seed: 2,
    cases: CASES,
    create: (random, index) => mutated(random, original, index),
    show: ({ bytes }) => bytes.toString(),
    check: async ({ bytes, isDamaged }) => {
      const { faults, counts } = await faultsOf({ database, folder, summary, bytes })
      const isOther = JSON.stringify(counts) !== JSON.stringify(whole.counts)
      if (isDamaged || isOther) assert.notDeepEqual(faults, [])
    },
  })
})

interface Mutated {
  bytes: Buffer
  /** It lacks lines, or has some twice, or one of them is cut. */
  isDamaged: boolean
}

function mutated(random: Random, original: Buffer, index: number): Mutated {
  if (index % 2 === 0) return { bytes: mutateBytes(random, original, TOKENS), isDamaged: false }
  const lines = original.toString().trimEnd().split('\n')
  const at = 1 + below(random, lines.length - 1)
  const line = lines[at] ?? ''
  const ways: (() => string[])[] = [
    () => [],
    () => [line, line],
    () => [line.slice(0, 1 + below(random, line.lastIndexOf(',') - 1))],
    () => [`${line.slice(0, line.lastIndexOf(',,'))},"dial`],
    () => ['\0'.repeat(line.length)],
  ]
  lines.splice(at, 1, ...pick(random, ways)())
  return { bytes: Buffer.from(`${lines.join('\n')}\n`), isDamaged: true }
}

interface Recorded {
  database: SampleDatabase
  folder: string
  summary: Awaited<ReturnType<typeof readSummary>>
  bytes: Buffer
}

async function faultsOf({ database, folder, summary, bytes }: Recorded) {
  // DuckDB remembers what it has read under a path.
  const [csv, parquet] = ['csv', 'parquet'].map((end) => join(folder, `${randomUUID()}.${end}`))
  assert(csv !== undefined && parquet !== undefined)
  await writeFile(csv, bytes)
  const report = await convertSamples({ database, csv, parquet })
  // Without a header the run is INVALID because of NOTHING_RECORDED.
  if (!report) return { faults: ['nothing recorded'], counts: {} }
  const { columns } = report
  const of = { parquet, columns, startUs: PROCESS_US.startUs, processUs: PROCESS_US }
  const facts = await runFacts(database, of)
  const recorded = await recordedCounts(database, { parquet, isOfSeveral: false })
  const instances = [{ summary, errors: [], exitCode: 0 }]
  const faults = sampleFaults({ report, facts, recorded, instances }).map(({ code }) => code)
  const samples = Object.entries(recorded[''] ?? {}).map(([metric, of]) => [metric, of.samples])
  const counts = Object.fromEntries(samples.sort()) as Record<string, number>
  return { faults, counts }
}
