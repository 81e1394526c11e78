// What was counted in a sound run, for the tests of this folder: 100 s, 10,000 requests.
import type { RunFacts } from '../../../scripts/verdict/facts/run-facts.ts'

export function createFacts(changes: Partial<RunFacts> = {}): RunFacts {
  return {
    iterations: 10_000,
    droppedIterations: 0,
    scriptExceptions: 0,
    redirectsRefused: 0,
    authFailures: 0,
    iterationSeconds: 1,
    usersMax: 100,
    usersReady: 100,
    elapsedSeconds: 100,
    samplesOutOfTime: 0,
    samplesNotFinite: 0,
    ...changes,
  }
}
