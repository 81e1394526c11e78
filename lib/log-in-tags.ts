// Log-ins and preparations are nobody's service level, whoever writes them.
import exec from 'k6/execution'
import { JUDGED_NEVER, JUDGED_TAG } from './plan.ts'

const LOG_IN_TAGS: Record<string, string> = { operation: 'auth', [JUDGED_TAG]: JUDGED_NEVER }

/** Runs a log-in: whatever it sends, and with whatever function, carries tags that no objective judges. */
export const asLogIn = <T>(logIn: () => T): T => {
  const { tags } = exec.vu.metrics
  const before = { ...tags }
  Object.assign(tags, LOG_IN_TAGS)
  try {
    return logIn()
  } finally {
    for (const name of Object.keys(LOG_IN_TAGS)) {
      if (before[name] === undefined) Reflect.deleteProperty(tags, name)
      else tags[name] = before[name]
    }
  }
}

/** Tags what setup() and teardown() send; k6 runs each of them in a VU of its own. */
export const tagPreparation = (): void => {
  Object.assign(exec.vu.metrics.tags, { operation: 'setup', [JUDGED_TAG]: JUDGED_NEVER })
}
