// The scenarios of ValueCanvas with the real k6 on the sandbox, and the faults that they have to find.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { cli, readManifest, retryIfStarved, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

/** A load that a shared machine carries; no latency is judged that it could miss. */
const SMALL = ['--sla', 'tests/fixtures/ci-sla-value-canvas.json', '--users', '40']

async function canvas(args: string[], env: Record<string, string> = {}) {
  const { runs, ...ended } = await retryIfStarved(args.join(' '), () =>
    cli(args, { env: { K6_BIN, ...env } }),
  )
  const [run = ''] = runs
  const verdict = await verdictOf(run)
  const row = (id: string) => verdict.objectives.find((each) => each.id === id)
  return { ...ended, run, verdict, row }
}

test('100 users read 50 times each: exactly 5,000 reads, each of them true', async () => {
  const { exitCode, stdout, run, row, verdict } = await canvas(['canvas-reads', '--users', '100'])

  assert.equal(exitCode, 0, stdout)
  assert.match(stdout, /^canvas-reads --mix reads on value-canvas: 100 users, 50 iterations each/m)
  assert.equal(row('reads')?.measured, 5_000)
  assert.equal(row('answers-correct')?.measured, 1)
  assert.ok(Number(row('throughput')?.measured) > 10, stdout)
  const { iterations, plannedIterations, elapsedSeconds } = verdict.delivery
  assert.deepEqual([iterations, plannedIterations], [5_000, 5_000])
  // Ten minutes are the longest allowed, not the length that rates are taken over.
  assert.ok(elapsedSeconds < 100, stdout)
  assert.equal((await readManifest(run)).plan.iterationsPerUser, 50)
})

test('two k6 share the users of counted iterations, and no write is missing', async () => {
  const { exitCode, stdout, verdict } = await canvas([
    'canvas-writes',
    ...SMALL,
    ...['--instances', '2'],
  ])

  assert.equal(exitCode, 0, stdout)
  assert.equal(verdict.delivery.iterations, 40 * 20)
})

test('what has to be refused is refused with the right status, which is a good answer', async () => {
  const { exitCode, stdout, verdict } = await canvas([
    'canvas-errors',
    ...SMALL,
    ...['--duration', '4s'],
  ])

  assert.equal(exitCode, 0, stdout)
  const counted = verdict.endpoints.filter(({ count }) => count > 0)
  assert.deepEqual(counted.map(({ endpoint }) => endpoint.split(' ').at(-1)).sort(), [
    'invalid',
    'unauthorised',
    'unknown',
  ])
  assert.ok(counted.every(({ errors }) => errors === 0))
})

const SHARED = ['canvas-shared', '--users', '30', '--duration', '6s']

test('writes of many users to one canvas are all there, and a planted racy merge is found', async () => {
  const sound = await canvas(SHARED)
  assert.equal(sound.row('no-write-lost')?.measured, 1, sound.stdout)

  const racy = await canvas(SHARED, { SANDBOX_CANVAS_RACY_WRITE_EVERY: '1' })
  assert.equal(racy.exitCode, 99, racy.stdout)
  assert.equal(racy.row('no-write-lost')?.verdict, 'FAIL')
})

test('the times of trees are judged, and a planted slow calculation fails the small ones alone', async () => {
  // Too few calculations to prove a PASS, and enough to prove a miss.
  const args = ['canvas-errors', '--mix', 'trees', '--users', '12', '--duration', '8s']
  const { exitCode, stdout, row } = await canvas(args, { SANDBOX_TREE_DELAY_MS: '12' })

  assert.equal(exitCode, 99, stdout)
  assert.equal(row('answers-correct')?.measured, 1)
  const verdicts = ['small', 'medium', 'large'].map((size) => row(`tree-${size}`)?.verdict)
  assert.deepEqual(verdicts, ['FAIL', 'NO_DATA', 'NO_DATA'])
})
