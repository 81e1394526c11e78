// A run that has nothing more to show ends by itself, with the reason in its verdict.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { cli, type CliResult, codesOf, retryIfStarved, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { type Behaviour, tamperedServer } from './tampered-server.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const FOLDER = 'tests/fixtures/tampered'

function runAgainst(behaviour: Behaviour, args: string[]): Promise<CliResult> {
  return retryIfStarved(`${args[0]} against a target that is ${behaviour}`, () =>
    runOnce(behaviour, args),
  )
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

test('an objective with stop ends the run once it has been missed for so long', async () => {
  const load = ['--users', '20', '--duration', '60s', '--time-scale', '0.01']
  const result = await runAgainst('fails', [
    'sustained',
    ...load,
    '--sla',
    `${FOLDER}/stop-sla.json`,
  ])

  assert.equal(result.exitCode, 99, result.stdout)
  const file = await verdictOf(result.runs[0])
  const { verdict, reasons, delivery, stoppedBy } = file
  assert.equal(verdict, 'FAIL')
  assert.equal(codesOf(file)[0], 'STOPPED_BY_OBJECTIVE')
  assert.match(
    reasons[0]?.text ?? '',
    /^Stopped by errors after \d+ s of 60 s: error-ratio 100% over the last 3 s, expected < 1%, for 3 s$/,
  )
  assert.equal(stoppedBy?.id, 'errors')
  assert.ok(delivery.elapsedSeconds < 30, `${delivery.elapsedSeconds} s`)
})

test('a breakpoint run finds the rate at which a target of known capacity breaks', async () => {
  // 10 workers of 100 ms: 100 requests per second, and not one more.
  const steps = ['breakpoint', '--rate', '200', '--pool-users', '60', '--time-scale', '0.06']
  const result = await runAgainst('limited', [...steps, '--sla', `${FOLDER}/capacity-sla.json`])

  const { objectives, stoppedBy } = await verdictOf(result.runs[0])
  const capacity = objectives.find(({ id }) => id === 'capacity')
  assert.ok(capacity?.measured !== undefined, result.stdout)
  assert.ok(capacity.measured >= 65 && capacity.measured <= 110, result.stdout)
  assert.equal(stoppedBy?.isResult, true, result.stdout)
  assert.match(result.stdout, /^Capacity {8}between [\d.]+\/s \(good\) and [\d.]+\/s \(bad\)/m)
})

test('a limit between a good and a bad step is decided by a second, narrower pass', async () => {
  const sla = join(await mkdtemp(join(tmpdir(), 'k6-verdict-sla-')), 'sla.json')
  const text = await readFile(projectPath(FOLDER, 'capacity-sla.json'), 'utf8')
  await writeFile(sla, text.replace('>= 50/s', '>= 130/s'))
  // Steps of 20, 90 and 160 iterations/s.
  const steps = ['breakpoint', '--from-rate', '20', '--rate', '1000', '--pool-users', '60']
  const args = [...steps, '--time-scale', '0.06', '--sla', sla]
  const { stdout, runs, exitCode } = await runAgainst('limited', args)

  assert.match(stdout, /^The capacity is open: a second pass from 90 to 195 iterations\/s$/m)
  assert.equal(runs.length, 2, stdout)
  const [first, second] = await Promise.all(runs.sort().map(verdictOf))
  assert.deepEqual([first?.verdict, second?.verdict, exitCode], ['NO_DATA', 'FAIL', 99], stdout)
})
