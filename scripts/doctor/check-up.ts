import { k6Context } from '../k6/k6-context.ts'
import { lookAtMachine } from '../generator/machine-look.ts'
import { checkBusy, checkMachine } from './check-machine.ts'
import { checkCache } from './check-cache.ts'
import { checkDisk } from './check-disk.ts'
import { checkGo, checkK6, checkTuning } from './check-k6.ts'
import { checkChromium, checkNode, checkPromtool } from './check-programs.ts'
import { checkObservability } from './check-observability.ts'
import { checkOpenFiles } from './check-open-files.ts'
import { checkPlatform } from './check-platform.ts'
import { checkPort } from './check-port.ts'
import type { Finding } from './finding.ts'

const SANDBOX_PORT = 8640
const DASHBOARD_PORT = 5665

/** What is examined; everything else is read from the machine. */
export interface CheckUpContext {
  env: NodeJS.ProcessEnv
  /** Where runs are written; it need not exist yet. */
  resultsFolder: string
}

/** Examines this machine without changing it. */
export async function checkUp({ env, resultsFolder }: CheckUpContext): Promise<Finding[]> {
  const look = lookAtMachine()
  const k6 = k6Context({ env, say: ignore, progress: ignore })
  const asked = await Promise.all([
    checkK6(k6),
    checkCache(k6),
    checkDisk(resultsFolder),
    checkOpenFiles(),
    checkPort({ name: 'sandbox port', port: SANDBOX_PORT }),
    checkPort({ name: 'dashboard port', port: DASHBOARD_PORT }),
    checkGo(k6),
    checkChromium(k6),
    checkPromtool(k6),
    checkObservability(k6),
  ])
  const busy = checkBusy(await look.end())
  const here = [checkNode(process.versions.node), checkMachine(), busy, checkTuning(env)]
  return [...here, ...asked, ...checkPlatform(k6.platform)]
}

function ignore(): void {
  // The findings say it all.
}
