import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { openRecording } from '../../../tests/support/verdict/example-judging.ts'
import {
  type ExampleSample,
  iterations,
  request,
  requests,
  sample,
  START_MS,
  users,
} from '../../../tests/support/verdict/example-recording.ts'
import { type RunFacts, runFacts } from './run-facts.ts'

const END_SECONDS = 100

async function factsOf(t: TestContext, samples: readonly ExampleSample[]): Promise<RunFacts> {
  const { database, folder, report } = await openRecording(t, samples)
  const startUs = START_MS * 1_000
  return runFacts(database, {
    parquet: join(folder, 'samples.parquet'),
    columns: report.columns,
    startUs,
    processUs: { startUs: startUs - 1e6, endUs: startUs + END_SECONDS * 1e6 },
  })
}

test('the whole run is counted, with log-ins, setup() and what was not judged', async (t) => {
  const facts = await factsOf(t, [
    ...users(END_SECONDS, 42, 50),
    ...iterations({ from: 0, to: 100, perSecond: 10 }),
    ...requests({ from: 0, to: 100, perSecond: 20, durationMs: 1 }),
    ...request({ at: -0.5, durationMs: 9, tags: { scenario: undefined, operation: undefined } }),
    ...request({ at: 1, durationMs: 9, tags: { operation: 'auth' } }),
    sample('dropped_iterations', 7, { value: 3 }),
    sample('dropped_iterations', 70, { value: 2 }),
    sample('script_exceptions', 8),
    sample('auth_failures', 9, { value: 4 }),
    sample('answers_rejected', 10, { tags: { reason: 'redirect-refused' } }),
    sample('answers_rejected', 11, { tags: { reason: 'status-500' } }),
    sample('iteration_duration', 50, { value: 1_001_000 }),
  ])
  assert.deepEqual(facts, {
    iterations: 1_000,
    droppedIterations: 5,
    scriptExceptions: 1,
    redirectsRefused: 1,
    authFailures: 4,
    iterationSeconds: 1 + 1_000 / 1_001,
    usersMax: 42,
    usersReady: 50,
    elapsedSeconds: 100.9,
    samplesOutOfTime: 0,
    samplesNotFinite: 0,
  })
})

test('of nothing every fact is zero', async (t) => {
  const facts = await factsOf(t, [])
  assert.deepEqual([...new Set(Object.values(facts))], [0])
})

describe('samples from before or after the process tell of a clock that jumped', () => {
  const cases: [at: number, isOutside: boolean][] = [
    [-3.1, true],
    [-2.9, false],
    [101.9, false],
    [102.1, true],
    [1e6, true],
  ]
  for (const [at, isOutside] of cases) {
    test(`${at} s after the start`, async (t) => {
      const { samplesOutOfTime } = await factsOf(t, [...users(5), sample('checks', at)])
      assert.equal(samplesOutOfTime, isOutside ? 1 : 0)
    })
  }
})

test('a run that ended before its load began has lasted for no time', async (t) => {
  assert.equal((await factsOf(t, [sample('checks', -1)])).elapsedSeconds, 0)
})

test('values that are no numbers are counted', async (t) => {
  const odd = ['NaN', '+Inf', '-Inf'].map((value) => sample('cost_usd', 1, { value }))
  assert.equal((await factsOf(t, [...odd, sample('cost_usd', 1)])).samplesNotFinite, 3)
})
