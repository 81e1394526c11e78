import { k6Environment } from '../k6/environment.ts'
import { usableMemoryBytes } from '../k6/usable-memory.ts'
import { type Finding, finding } from './finding.ts'

const SETTINGS = ['GOGC', 'GOMEMLIMIT', 'GOMAXPROCS']

/** What k6 is started with, and which of it is the user's own choice; it always wins. */
export function checkTuning(
  env: NodeJS.ProcessEnv,
  totalMemoryBytes: number = usableMemoryBytes(),
): Finding {
  const started = k6Environment({ env, totalMemoryBytes })
  const told = SETTINGS.flatMap((name) => {
    const value = started[name]
    if (!value) return []
    return [`${name}=${value}${env[name] ? ' (yours)' : ''}`]
  })
  return finding('k6 settings', told.join(', '))
}
