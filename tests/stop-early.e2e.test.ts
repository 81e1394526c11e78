// A run that has nothing more to show ends by itself, with the reason in its verdict.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'
import { calmly, cli, type CliResult } from './cli.ts'
import { realK6 } from './k6.ts'
import { type Behaviour, tamperedServer } from './tampered-server.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const FOLDER = 'tests/fixtures/tampered'

function runAgainst(behaviour: Behaviour, args: string[]): Promise<CliResult> {
  return calmly(() => runOnce(behaviour, args))
}

async function runOnce(behaviour: Behaviour, args: string[]): Promise<CliResult> {
  const server = await tamperedServer(behaviour)
  const of = ['--workload', FOLDER, '--target', server.url]
  try {
    return await cli([...args, ...of], { env: { K6_BIN, MODE: 'sound' } })
  } finally {
    await server.close()
  }
}

async function verdictOf({ runs: [run = ''] }: CliResult): Promise<VerdictFile> {
  return JSON.parse(await readFile(join(run, 'verdict.json'), 'utf8')) as VerdictFile
}

test('an objective with stop ends the run once it has been missed for so long', async () => {
  const load = ['--users', '20', '--duration', '60s', '--time-scale', '0.01']
  const result = await runAgainst('fails', [
    'sustained',
    ...load,
    '--sla',
    `${FOLDER}/stop-sla.json`,
  ])

  assert.equal(result.exitCode, 99, result.stdout)
  const { verdict, reasons, delivery, stoppedBy } = await verdictOf(result)
  assert.equal(verdict, 'FAIL')
  assert.match(
    reasons[0] ?? '',
    /^stopped by errors after \d+ s of 60 s: error-ratio 100% over the last 3 s, expected < 1%, for 3 s$/,
  )
  assert.equal(stoppedBy?.id, 'errors')
  assert.ok(delivery.elapsedSeconds < 30, `${delivery.elapsedSeconds} s`)
})

test('a breakpoint run finds the rate at which a target of known capacity breaks', async () => {
  // 10 workers of 100 ms: 100 requests per second, and not one more.
  const steps = ['breakpoint', '--rate', '200', '--pool-users', '60', '--time-scale', '0.06']
  const result = await runAgainst('limited', [...steps, '--sla', `${FOLDER}/capacity-sla.json`])

  const { objectives, stoppedBy } = await verdictOf(result)
  const capacity = objectives.find(({ id }) => id === 'capacity')
  assert.ok(capacity?.measured !== undefined, result.stdout)
  assert.ok(capacity.measured >= 65 && capacity.measured <= 110, result.stdout)
  assert.equal(stoppedBy?.isResult, true, result.stdout)
  assert.match(result.stdout, /^Capacity {8}between [\d.]+\/s \(good\) and [\d.]+\/s \(bad\)/m)
})
