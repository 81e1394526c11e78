import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from '../core/console.ts'
import { suiteNotRunning, suiteStillRunning, suiteStopUnsupported } from '../suite/errors.ts'
import { findSuite } from '../suite/find-suite.ts'
import { goneBecause } from '../suite/process-identity.ts'
import { statusText } from '../suite/suite-terminal.ts'
import { readSuiteState } from '../suite/suite-state.ts'

/** The runs of a suite end in seconds; its cleanup may take longer. */
const WAITS_SECONDS = 60

/**
 * Stops a suite as Ctrl+C in its terminal does, and waits for its end.
 *
 * @throws ToolkitError if it does not run, another process has its id by now, or there are no signals
 */
export async function suiteStop(
  named: string | undefined,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  if (platform === 'win32') throw suiteStopUnsupported()
  const folder = await findSuite(named, process.env)
  const { process: by, result } = await readSuiteState(folder)
  const id = basename(folder)
  const gone = result ? 'it has ended already' : goneBecause(by)
  if (gone !== undefined) throw suiteNotRunning(id, gone)
  interrupt(id, by.pid)
  say(`${id} (process ${by.pid}) was told to stop: it ends its runs and cleans up`)
  const untilMs = Date.now() + WAITS_SECONDS * 1_000
  while (goneBecause(by) === undefined) {
    if (Date.now() > untilMs) throw suiteStillRunning(id, by.pid, WAITS_SECONDS)
    await sleep(200)
  }
  say(statusText(await readSuiteState(folder), folder, Date.now()))
}

function interrupt(id: string, pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why =
      code === 'EPERM' ? `its process ${pid} belongs to another user` : 'it has just ended'
    throw suiteNotRunning(id, why)
  }
}
