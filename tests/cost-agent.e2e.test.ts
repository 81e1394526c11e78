// The Cost Agent's own scenarios, for real and made small: fewer users, shorter waits of the sandbox, wide limits.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { cli, codesOf, retryIfStarved, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const CI_SLA = ['--sla', 'tests/fixtures/ci-sla-cost-agent.json']
const SHORT_WAITS = { SANDBOX_COST_PROVIDER_MEDIAN_MS: '25', SANDBOX_COST_MODEL_MEDIAN_MS: '90' }

async function run(args: string[], env: Record<string, string> = {}) {
  const result = await retryIfStarved(args.join(' '), () =>
    cli(args, { env: { K6_BIN, ...SHORT_WAITS, ...env } }),
  )
  const file = await verdictOf(result.runs[0])
  const results = Object.fromEntries(file.objectives.map((each) => [each.id, each]))
  const judged = file.objectives.filter(({ verdict }) => verdict !== 'not in this run')
  return { ...result, file, results, judged: judged.map(({ id }) => id) }
}

test('all operations together are correct and within their limits', async () => {
  const load = ['--users', '30', '--duration', '7s', '--time-scale', '0.2']
  const { exitCode, stdout, judged, file } = await run(['cost-sustained', ...load, ...CI_SLA])

  assert.equal(exitCode, 0, stdout)
  assert.deepEqual(judged.sort(), [
    ...['analyses-per-minute', 'analysis-time', 'answers-correct'],
    ...['collection-time', 'collections-per-minute'],
    ...['recommendation-time', 'recommendations-per-minute'],
    ...['success', 'workflow-time', 'workflows-per-minute'],
  ])
  for (const { endpoint, errors } of file.endpoints) assert.equal(errors, 0, endpoint)
})

test('the recovery of a spike is measured', async () => {
  const load = ['--users', '40', '--time-scale', '0.2']
  const { stdout, results } = await run(['cost-spike', ...load, ...CI_SLA])

  const { measured, verdict } = results['recovery'] ?? {}
  assert.ok(measured !== undefined && verdict !== 'NO_DATA', stdout)
})

test('ten times the records are compared, page by page and for each record of an analysis', async () => {
  const { exitCode, stdout, results, judged } = await run(
    ['cost-volume', '--users', '1', '--duration', '7s', ...CI_SLA],
    { SANDBOX_COST_PROVIDER_MEDIAN_MS: '5' },
  )

  assert.equal(exitCode, 0, stdout)
  const growths = ['page-of-1000', 'page-of-10000', 'analysis-of-1000', 'analysis-of-10000']
  assert.deepEqual(judged, ['success', 'answers-correct', ...growths])
  for (const id of growths) assert.ok((results[id]?.samples ?? 0) >= 20, `${id}: ${stdout}`)
  // A fixed cost for each analysis weighs ten times less for each record.
  assert.ok((results['analysis-of-1000']?.measured ?? 1) < 1, stdout)
})

test('a slow analysis and a leak miss their limits, and nothing else does', async () => {
  const { exitCode, stdout, file, results } = await run(
    ['cost-analyses', '--users', '8', '--duration', '8s', '--time-scale', '0.1'],
    { SANDBOX_COST_ANALYSIS_DELAY_MS: '2300', SANDBOX_COST_LEAK_BYTES: '15000000' },
  )

  assert.equal(exitCode, 99, stdout)
  const failed = file.objectives.filter(({ verdict }) => verdict === 'FAIL')
  assert.deepEqual(
    failed.map(({ id }) => id),
    ['analysis-time', 'memory-peak'],
  )
  assert.ok(!codesOf(file).includes('STANDSTILL'), stdout)
  assert.ok((results['analysis-time']?.measured ?? 0) > 2_300, stdout)
  assert.ok((results['memory-peak']?.measured ?? 0) > 200e6, stdout)
  assert.equal(results['cpu-peak']?.verdict, 'PASS', stdout)
})
