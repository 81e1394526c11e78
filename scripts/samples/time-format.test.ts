import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { convertSamples } from './convert.ts'
import { exampleFolder, HEADER, line } from '../../tests/support/samples/example-csv.ts'
import { openDatabase } from './sample-database.ts'
import { timeFormatOf } from './time-format.ts'

/** The times of a recording in microseconds, and what is said of it. */
async function read(t: TestContext, times: string[]) {
  const folder = await exampleFolder(t)
  const [csv, parquet] = [join(folder, 'samples.csv'), join(folder, 'samples.parquet')]
  await writeFile(csv, HEADER + times.map((timestamp) => line({ timestamp })).join(''))
  const time = await timeFormatOf(csv)
  if (!time) return undefined
  const database = await openDatabase({ temporaryFolder: folder, threads: 1 })
  try {
    const report = await convertSamples({ database, csv, parquet, time })
    const rows = await database.rows<{ us: number | null }>(
      `SELECT end_us AS us FROM read_parquet('${parquet}') ORDER BY us`,
    )
    return { us: rows.map(({ us }) => us), report }
  } finally {
    database.close()
  }
}

describe('K6_CSV_TIME_FORMAT', () => {
  const whole: [format: string, time: string, us: number, isInWholeSeconds?: true][] = [
    ['unix, k6 has cut half a second on average', '1795274766', 1795274766_500000, true],
    ['unix_milli', '1795274766123', 1795274766_123000],
    ['unix_micro', '1795274766123456', 1795274766_123456],
    ['unix_nano', '1795274766123456789', 1795274766_123456],
    ['rfc3339', '2026-11-21T15:26:06Z', 1795274766_500000, true],
    ['rfc3339 of another zone', '2026-11-21T17:26:06+02:00', 1795274766_500000, true],
    ['rfc3339_nano', '2026-11-21T15:26:06.123456789Z', 1795274766_123456],
  ]
  for (const [format, time, us, isInWholeSeconds] of whole) {
    test(format, async (t) => {
      const { us: found, report } = (await read(t, [time])) ?? {}
      assert.deepEqual(found, [us])
      assert.equal(report?.isInWholeSeconds, isInWholeSeconds)
    })
  }

  test('a fraction of zero is left out by k6, and is no whole second', async (t) => {
    const found = await read(t, ['2026-11-21T15:26:06Z', '2026-11-21T15:26:06.5Z'])
    assert.deepEqual(found?.us, [1795274766_000000, 1795274766_500000])
  })

  test('a text that is no time is counted', async (t) => {
    const found = await read(t, ['2026-11-21T15:26:06.5Z', 'yesterday'])
    assert.equal(found?.report?.rejectedLines, 1)
  })

  for (const time of ['1', 'yesterday', '']) {
    test(`${JSON.stringify(time)} is none`, async (t) =>
      assert.equal(await read(t, [time]), undefined))
  }
})
