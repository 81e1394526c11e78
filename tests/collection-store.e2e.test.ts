// The scenarios of the Collection Store for real: all its parts at once, at a reduced size, and faults that are planted.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { cli, retryIfStarved, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const SLA = ['--sla', 'tests/fixtures/ci-sla-collection-store.json']

/** Runs a scenario for four seconds on a sandbox with these settings. */
async function run(scenario: string, users: number, sandbox: Record<string, string> = {}) {
  const load = ['--users', String(users), '--duration', '4s', '--time-scale', '0.02']
  const { runs, ...told } = await retryIfStarved(scenario, () =>
    cli([scenario, ...load, ...SLA], { env: { K6_BIN, ...sandbox } }),
  )
  const all = `${told.stdout}\n${told.stderr}`
  assert.equal(runs.length, 1, all)
  const verdict = await verdictOf(runs[0])
  const missed = verdict.objectives.filter(({ verdict }) => verdict === 'FAIL')
  return { ...told, all, verdict, missed: missed.map(({ id }) => id) }
}

for (const [scenario, users] of [
  ['store-mixed', 40],
  ['store-database-stress', 30],
  ['store-connections', 40],
] as const) {
  test(`${scenario} is a PASS, and nothing of it goes wrong`, async () => {
    const { all, exitCode, verdict } = await run(scenario, users)
    assert.equal(exitCode, 0, all)
    assert.equal(verdict.verdict, 'PASS')
    assert.match(all, /Exceptions +none/)
    assert.doesNotMatch(all, /rejected:/)
    for (const { endpoint, errors } of verdict.endpoints) assert.equal(errors, 0, endpoint)
  })
}

for (const [fault, scenario, sandbox, missed, cause] of [
  [
    'A refresh that fails every other time',
    'store-auth',
    { SANDBOX_STORE_REFRESH_FAIL_EVERY: '2' },
    ['sessions-refreshed'],
    /Why: sessions-refreshed missed .* because of status 500/,
  ],
  [
    'A wrong byte in every fifth file',
    'store-files',
    { SANDBOX_STORE_CORRUPT_EVERY: '5' },
    ['files-intact'],
    /checksum-right/,
  ],
  [
    'A computed value that a change leaves as it was',
    'store-computed',
    { SANDBOX_STORE_STALE_EVERY: '5' },
    ['computed-current'],
    /value-current/,
  ],
] as const) {
  test(`${fault} makes ${scenario} a FAIL that names it`, async () => {
    const found = await run(scenario, 20, sandbox)
    assert.equal(found.exitCode, 99, found.all)
    assert.equal(found.verdict.verdict, 'FAIL')
    assert.deepEqual(found.missed, missed, found.all)
    assert.match(found.all, cause)
  })
}
