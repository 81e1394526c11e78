// Requests that are never answered, in the real k6: whoever wrote the script, they leave a trace.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { buildPlan } from '../lib/build-plan.ts'
import { constantRate, constantUsers, type LoadShape } from '../lib/load-shapes.ts'
import { DEFAULT_SETTINGS } from '../lib/run-settings.ts'
import type { Workload } from '../lib/workload.ts'
import type { K6Outcome } from '../scripts/k6/run-k6.ts'
import { recordScript } from './recorded-script.ts'

const workload: Workload = {
  name: 'shop',
  auth: { authenticator: () => ({ headers: {}, renewAtMs: Infinity, renew: () => false }) },
  thinkTime: { seconds: 0.1 },
  requestTimeoutSeconds: 1,
  operations: { look: { weight: 1, run: () => undefined } },
}

/** A script of anybody's, with the executors of a plan and a time-out of its own. */
function scriptOf(scenarios: object, timeout: string): string {
  return `
import http from 'k6/http'
import { sleep } from 'k6'
export const options = { scenarios: ${JSON.stringify(scenarios)} }
export default () => {
  http.get(__ENV.TARGET, { timeout: '${timeout}' })
  sleep(0.1)
}
`
}

let server: Server
/** Requests that came, and that were never answered, since they were last set to 0. */
const seen = { all: 0, hung: 0 }

before(async () => {
  server = createServer((_request, response) => {
    if (++seen.all % 10 === 0) seen.hung++
    else response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
after(() => server.close())

interface Ran {
  outcome: K6Outcome
  /** Of the recorded requests. */
  answered: number
  timedOut: number
  seconds: number
}

async function run(script: string): Promise<Ran> {
  Object.assign(seen, { all: 0, hung: 0 })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/things`
  const { outcome, csv, seconds } = await recordScript(script, url)
  const requests = csv.split('\n').filter((row) => row.startsWith('http_req_duration,'))
  const timedOut = requests.filter((row) => row.includes(',1050,')).length
  return { outcome, answered: requests.length - timedOut, timedOut, seconds }
}

const SHAPES: Record<string, LoadShape> = {
  'closed load': constantUsers({ users: 5, duration: '4s' }),
  'load that falls': {
    ...constantUsers({ users: 8, duration: '2s' }),
    steps: [
      { phase: 'hold', duration: '2s', target: 8 },
      { phase: 'ramp-down', duration: '2s', target: 0 },
    ],
  },
  'open load': constantRate({
    ratePerSecond: 20,
    duration: '3s',
    rampUp: '1s',
    iterationSeconds: 1,
  }),
}

describe('every tenth request is never answered', () => {
  for (const [what, shape] of Object.entries(SHAPES)) {
    test(`with the plan's waits each is a failed request of a ${what}, and nothing is interrupted`, async () => {
      const { scenarios, plan } = buildPlan({ workload, shape }, DEFAULT_SETTINGS, [])
      const ran = await run(scriptOf(scenarios, `${plan.requestTimeoutSeconds}s`))

      assert.deepEqual(ran.outcome, { exitCode: 0, interruptedIterations: 0 })
      assert.ok(seen.hung >= 5, `${seen.hung} hung`)
      assert.equal(ran.timedOut, seen.hung)
      assert.equal(ran.answered, seen.all - seen.hung)
      // No longer than the last request waits.
      assert.ok(ran.seconds < plan.durationSeconds + 5, `${ran.seconds} s`)
    })
  }

  test('of a script that waits too long k6 keeps nothing, and says how many were interrupted', async () => {
    const scenario = { executor: 'constant-vus', vus: 5, duration: '3s', gracefulStop: '1s' }
    const ran = await run(scriptOf({ theirs: scenario }, '60s'))

    assert.equal(ran.timedOut, 0)
    assert.ok(seen.hung >= 1, `${seen.hung} hung`)
    assert.deepEqual(ran.outcome, { exitCode: 0, interruptedIterations: seen.hung })
  })
})
