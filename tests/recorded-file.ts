// The samples of a run that goes on, in a results folder of its own.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** Waits until the only run of a folder has recorded more than so many bytes, 20 s at most; gives the file's path. */
export async function recordedFile(results: string, bytes: number): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const [run = ''] = await readdir(results)
    const csv = join(results, run, 'samples.csv')
    const size = await stat(csv).then(
      (stats) => stats.size,
      () => 0,
    )
    if (size > bytes) return csv
    await setTimeout(100)
  }
  throw new Error('Expected k6 to record samples within 20 s, got none')
}
