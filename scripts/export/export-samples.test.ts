import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createRunFolder } from '../../tests/support/report/example-run-folder.ts'
import { openDatabase } from '../samples/sample-database.ts'
import {
  type ExampleSample,
  sample,
  START_MS,
} from '../../tests/support/verdict/example-recording.ts'
import { type Exported, type ExportFormat, exportSamples } from './export-samples.ts'
import type { SampleFilter } from './sample-filter.ts'

interface Input {
  format?: ExportFormat
  filter?: Partial<SampleFilter>
  samples?: readonly ExampleSample[]
  out?: string
}

/** Exports an example run; the text is what was written. */
async function exported(t: TestContext, input: Input = {}): Promise<Exported & { text: string }> {
  const { path } = await createRunFolder(t, input.samples ? { samples: input.samples } : {})
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'k6v-export-'))
  t.after(() => rm(temporaryFolder, { recursive: true }))
  const out = join(path, input.out ?? 'out')
  const { format = 'csv' } = input
  const filter = { metric: [], endpoint: [], segment: [], region: [], ...input.filter }
  const samples = join(path, 'samples.parquet')
  const result = await exportSamples({ samples, filter, format, out, temporaryFolder })
  assert.deepEqual(
    (await readdir(path)).filter((name) => name.endsWith('.partial')),
    [],
  )
  return { ...result, text: await readFile(out, 'utf8') }
}

const ALL = 3_100

test('without a filter every sample is there, with a title for each column', async (t) => {
  const { rows, bytes, text } = await exported(t)
  const [title = '', ...lines] = text.trimEnd().split('\n')
  assert.equal(rows, ALL)
  assert.equal(lines.length, ALL)
  assert.equal(bytes, Buffer.byteLength(text))
  assert.match(title, /^metric,end_us,value,.*name.*segment/)
})

test('JSON is one object on each line', async (t) => {
  const { rows, text } = await exported(t, { format: 'json', filter: { metric: ['checks'] } })
  const objects = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { metric: string })
  assert.equal(rows, 100)
  assert.equal(objects.length, 100)
  assert.ok(objects.every(({ metric }) => metric === 'checks'))
})

test('Parquet has the same values as the samples', async (t) => {
  const { path } = await createRunFolder(t)
  const [samples, out] = [join(path, 'samples.parquet'), join(path, 'out')]
  const filter = { metric: [], endpoint: [], segment: [], region: [] }
  await exportSamples({ samples, filter, format: 'parquet', out, temporaryFolder: path })
  const database = await openDatabase({ temporaryFolder: path })
  const left = await database.rows(
    `(SELECT * FROM read_parquet('${samples}') EXCEPT ALL SELECT * FROM read_parquet('${out}'))`,
  )
  const [all] = await database.rows<{ n: number }>(
    `SELECT count(*) AS n FROM read_parquet('${out}')`,
  )
  database.close()
  assert.deepEqual([left.length, all?.n], [0, ALL])
})

for (const { filter, rows } of [
  { filter: { metric: ['http_reqs'] }, rows: 1_000 },
  { filter: { metric: ['http_reqs', 'checks'] }, rows: 1_100 },
  { filter: { endpoint: ['POST /v1/enhance'] }, rows: 1_500 },
  { filter: { region: ['eu-west'], metric: ['http_reqs'] }, rows: 500 },
  { filter: { segment: ['developer'] }, rows: 1_500 },
  { filter: { region: ['eu-west'], segment: ['developer'] }, rows: 0 },
  // The example's checks are at whole seconds: the start counts, the end does not.
  { filter: { metric: ['checks'], fromUs: at(10), toUs: at(12) }, rows: 2 },
  { filter: { metric: ['checks'], fromUs: at(99) }, rows: 1 },
  { filter: { metric: ['checks'], toUs: at(0) }, rows: 0 },
]) {
  test(`${JSON.stringify(filter)} has ${rows} rows`, async (t) => {
    assert.equal((await exported(t, { filter })).rows, rows)
  })
}

for (const { filter, message, hint } of [
  {
    filter: { metric: ['http_req'] },
    message: /--metric.*"http_req"; did you mean "http_reqs"/,
    hint: /checks/,
  },
  {
    filter: { endpoint: ['POST /v1/enhanc'] },
    message: /did you mean "POST \/v1\/enhance"/,
    hint: /GET/,
  },
  { filter: { region: ['mars'] }, message: /--region.*got "mars"$/, hint: /eu-west, us-east/ },
  { filter: { metric: ["x' OR 1=1 --"] }, message: /got "x' OR 1=1 --"/, hint: /checks/ },
]) {
  test(`${JSON.stringify(filter)} is refused, with what there is`, async (t) => {
    await assert.rejects(exported(t, { filter }), { code: 'K6V_NO_SUCH_SAMPLES', message, hint })
  })
}

test('of very many names, some are shown', async (t) => {
  const names = Array.from({ length: 60 }, (_, index) => `GET /${index}`)
  const samples = names.map((name) => sample('checks', 1, { tags: { name } }))
  const rejected = exported(t, { samples, filter: { endpoint: ['GET /60'] } })
  await assert.rejects(rejected, { code: 'K6V_NO_SUCH_SAMPLES', hint: /GET \/\d+, …$/ })
})

test('a run without segments says so', async (t) => {
  const filter = { segment: ['developer'] }
  const samples = [sample('checks', 1)]
  const hint = /has none/
  await assert.rejects(exported(t, { filter, samples }), { code: 'K6V_NO_SUCH_SAMPLES', hint })
})

test('text that a spreadsheet takes for a formula is made text, and numbers stay numbers', async (t) => {
  const evil = ['=cmd()', '+1', '-1', '@sum', '\tx', '＝x', 'fine', 'a=b']
  const samples = evil.map((name) => sample('checks', 1, { value: -1.5, tags: { name } }))
  const { text } = await exported(t, { samples })
  const lines = text.trimEnd().split('\n').slice(1).sort()
  for (const name of evil.slice(0, 6)) assert.ok(text.includes(`,'${name},`), name)
  for (const name of evil.slice(6)) assert.ok(text.includes(`,${name},`), name)
  for (const line of lines) assert.match(line, /^checks,\d+,-1\.5,/)
})

test('the name of a tag is no formula either', async (t) => {
  const samples = [sample('checks', 1, { tags: { '@sum': 'x' } })]
  assert.match((await exported(t, { samples })).text.split('\n', 1)[0] ?? '', /,'@sum\b/)
})

test('JSON and Parquet are no spreadsheets: their text stays as it is', async (t) => {
  const samples = [sample('checks', 1, { tags: { name: '=cmd()' } })]
  assert.match((await exported(t, { samples, format: 'json' })).text, /"name":"=cmd\(\)"/)
})

test('an output that cannot be written is said, and leaves nothing', async (t) => {
  const rejected = exported(t, { out: 'no/such/folder/out' })
  await assert.rejects(rejected, { code: 'K6V_EXPORT_UNWRITABLE', exitCode: 1 })
})

test('what is no sample file is said', async (t) => {
  const { path } = await createRunFolder(t)
  const samples = join(path, 'samples.parquet')
  await writeFile(samples, 'torn')
  const filter = { metric: [], endpoint: [], segment: [], region: [] }
  const input = {
    samples,
    filter,
    format: 'csv',
    out: join(path, 'out'),
    temporaryFolder: path,
  } as const
  await assert.rejects(exportSamples(input), { code: 'K6V_SAMPLES_UNREADABLE' })
  await assert.rejects(stat(join(path, 'out')))
})

function at(seconds: number): number {
  return (START_MS + seconds * 1_000) * 1_000
}
