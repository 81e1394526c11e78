import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { constants, createGunzip } from 'node:zlib'
import { csvHeader } from '../samples/csv-header.ts'
import { type TimeFormat, timeFormatOf } from '../samples/time-format.ts'
import { csvUnreadable } from './errors.ts'

/** A CSV of k6's that can be read as it stands. */
export interface PlainCsv {
  path: string
  time: TimeFormat
}

/**
 * Looks at a CSV of anybody's; one in gzip is written to `unpacked` first, as far as it goes: that of a k6 that was
 * killed has no end.
 *
 * @throws ToolkitError `K6V_CSV_UNREADABLE` for what k6 does not write
 */
export async function plainCsv(csv: string, unpacked: string): Promise<PlainCsv> {
  const file = await stat(csv).catch(() => undefined)
  if (!file?.isFile()) throw csvUnreadable(csv, file ? 'it is not a file' : 'there is no such file')
  const path = csv.endsWith('.gz') ? unpacked : csv
  if (path === unpacked) {
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
    await pipeline(createReadStream(csv), gunzip, createWriteStream(unpacked)).catch(
      (error: unknown) => {
        throw csvUnreadable(csv, `it is no gzip: ${String(error)}`)
      },
    )
  }
  const header = (await csvHeader(path)) ?? { fault: 'it is empty, not whole, or may not be read' }
  if (header.fault) throw csvUnreadable(csv, `its first line is none of k6's: ${header.fault}`)
  const time = await timeFormatOf(path)
  if (!time) throw csvUnreadable(csv, 'it has no sample with a time of k6')
  return { path, time }
}
