import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { combineSamples } from './combine.ts'
import { convertSamples, type InstanceCsv } from './convert.ts'
import { exampleFolder, HEADER, line } from '../../tests/support/samples/example-csv.ts'
import { literal, openDatabase, type SampleDatabase } from './sample-database.ts'

interface Opened {
  database: SampleDatabase
  folder: string
  files: InstanceCsv[]
  parquet: string
}

async function open(
  t: TestContext,
  contents: Record<string, string>,
  others: readonly string[] = [],
): Promise<Opened> {
  const folder = await exampleFolder(t)
  const files = Object.keys(contents).map((instance) => {
    // Characters that DuckDB takes for a pattern must not find other files.
    return { instance, csv: join(folder, `[${instance}]*.csv`) }
  })
  for (const { instance, csv } of files) await writeFile(csv, contents[instance] ?? '')
  const database = await openDatabase({ temporaryFolder: folder, files: others })
  t.after(() => database.close())
  return { database, folder, files, parquet: join(folder, 'samples.parquet') }
}

async function rowsOf(database: SampleDatabase, parquet: string) {
  const sql = `SELECT instance, end_us, phase FROM read_parquet(${literal(parquet)}) ORDER BY ALL`
  const rows = await database.rows<{ instance: string; end_us: number; phase: string }>(sql)
  return rows.map(({ instance, end_us, phase }) => `${instance} ${end_us} ${phase}`)
}

test('each sample keeps its tags and gets the name of its instance', async (t) => {
  const { database, files, parquet } = await open(t, {
    '1': HEADER + line({ timestamp: '1' }) + line({ timestamp: '3' }),
    "o'2": HEADER + line({ timestamp: '2', extra_tags: 'phase=ramp-up' }),
  })
  const report = await convertSamples({ database, csv: files, parquet })
  assert.deepEqual(await rowsOf(database, parquet), ['1 1 hold', '1 3 hold', "o'2 2 ramp-up"])
  assert.equal(report?.rows, 3)
  assert.deepEqual(
    report.instances?.map(({ instance }) => instance),
    ['1', "o'2"],
  )
})

test('a single instance has its name too', async (t) => {
  const { database, files, parquet } = await open(t, { '4': HEADER + line({ timestamp: '1' }) })
  await convertSamples({ database, csv: files, parquet })
  assert.deepEqual(await rowsOf(database, parquet), ['4 1 hold'])
})

test('what is wrong with a file is counted where it is', async (t) => {
  const { database, files, parquet } = await open(t, {
    '1': HEADER + line() + line({ metric_value: 'x' }) + line({ metric_value: 'y' }),
    '2': `${HEADER}${line()}torn`,
    '3': HEADER + line(),
  })
  const report = await convertSamples({ database, csv: files, parquet })
  const told = report?.instances?.map(({ instance, rejectedLines, firstRejected, isTorn }) => {
    return [instance, rejectedLines, firstRejected.map((each) => each.line), isTorn]
  })
  assert.deepEqual(told, [
    ['1', 2, [3, 4], false],
    ['2', 1, [3], true],
    ['3', 0, [], false],
  ])
  assert.equal(report?.rows, 3)
  assert.equal(report.rejectedLines, 3)
  assert.equal(report.isTorn, true)
})

test('one that recorded nothing is left out, and the report does not name it', async (t) => {
  const { database, files, parquet } = await open(t, { '1': HEADER + line(), '2': '' })
  const report = await convertSamples({ database, csv: files, parquet })
  assert.deepEqual(
    report?.instances?.map(({ instance }) => instance),
    ['1'],
  )
  assert.equal(report.rows, 1)
})

test('one with another header is not read, and the others are', async (t) => {
  const { database, files, parquet } = await open(t, {
    '1': HEADER.replace(',name', ',nbme') + line(),
    '2': HEADER + line() + line(),
    '3': HEADER.replace('status,', '') + line(),
  })
  const report = await convertSamples({ database, csv: files, parquet })
  assert.equal(report?.rows, 2)
  assert.deepEqual(
    report.instances?.map(({ headerFault = 'sound' }) => headerFault),
    [
      "column 6 is none of k6's, or there twice",
      'sound',
      'its columns are not those of the other k6',
    ],
  )
})

test("a tag that is called instance keeps its values beside the toolkit's column", async (t) => {
  const { database, files, parquet } = await open(t, {
    '1': HEADER + line({ extra_tags: 'instance=web-7' }),
    '2': HEADER + line(),
  })
  const report = await convertSamples({ database, csv: files, parquet })
  assert.deepEqual(report?.renamedTags, { instance: 'tag_instance' })
  const rows = await database.rows(
    `SELECT instance, tag_instance FROM read_parquet(${literal(parquet)}) ORDER BY ALL`,
  )
  assert.deepEqual(rows, [
    { instance: '1', tag_instance: 'web-7' },
    { instance: '2', tag_instance: null },
  ])
})

test('sample files of several machines become one, also where a tag is missing in some', async (t) => {
  const other = await open(t, {
    '2': HEADER + line({ timestamp: '2', extra_tags: 'phase=hold&cache=hit' }),
  })
  const one = await open(t, { '1': HEADER + line({ timestamp: '1' }) }, [other.parquet])
  const tables = await Promise.all(
    [one, other].map(async ({ database, files, parquet }) => {
      const report = await convertSamples({ database, csv: files, parquet })
      assert.ok(report)
      return { parquet, report }
    }),
  )
  const parquet = join(one.folder, 'all.parquet')
  const report = await combineSamples({ database: one.database, tables, parquet })
  assert.deepEqual(await rowsOf(one.database, parquet), ['1 1 hold', '2 2 hold'])
  assert.ok(report.columns.includes('cache'))
  assert.equal(report.rows, 2)
  assert.deepEqual(
    report.instances?.map(({ instance }) => instance),
    ['1', '2'],
  )
})
