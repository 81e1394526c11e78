import { stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { systemText } from '../core/system-files.ts'
import { isRunning } from '../core/processes.ts'
import type { Manifest } from '../run-folder/manifest.ts'
import { runGoesOn } from './errors.ts'
import type { RecordedFolder } from './recorded-folder.ts'

/** k6 records its users every second. */
const STILL_MS = 2_500

/** The k6 of a command that was killed has four seconds to end (scripts/k6/signal-time.ts). */
const ENDING_MS = 10_000

/**
 * Waits for a k6 that is ending.
 *
 * @throws ToolkitError `K6V_RUN_GOES_ON` while the run is being made or judged
 */
export async function refuseGoingOn({ manifest, instances }: RecordedFolder): Promise<void> {
  const { id, pid, verdict } = manifest
  // Of a run that was no more than a CSV, nobody knows it.
  const host = manifest.host as Manifest['host'] | undefined
  const isHere = host?.name === hostname()
  if (verdict === undefined && isHere && pid !== undefined && isToolkit(pid)) {
    throw runGoesOn(id, `process ${pid} is still running it`)
  }
  const paths = instances.map(({ files }) => files.recorded)
  for (let waitedMs = 0; await isWritten(paths); waitedMs += 250) {
    if (waitedMs >= ENDING_MS) throw runGoesOn(id, 'k6 is still writing samples.csv')
    await setTimeout(250)
  }
}

async function isWritten(paths: readonly string[]): Promise<boolean> {
  const files = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)))
  return files.some((file) => file && Math.abs(Date.now() - file.mtimeMs) < STILL_MS)
}

// A number may be another program's by now; where the system does not tell, the number has to do.
function isToolkit(pid: number): boolean {
  return isRunning(pid) && (systemText(`/proc/${pid}/cmdline`)?.includes('cli.ts') ?? true)
}
