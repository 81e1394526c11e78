import { say } from '../core/console.ts'
import { findSuite } from '../suite/find-suite.ts'
import { statusText } from '../suite/suite-terminal.ts'
import { readSuiteState } from '../suite/suite-state.ts'

/** Says where a suite is, or how it ended. */
export async function suiteStatus(named: string | undefined): Promise<void> {
  const folder = await findSuite(named, process.env)
  say(statusText(await readSuiteState(folder), folder, Date.now()))
}
