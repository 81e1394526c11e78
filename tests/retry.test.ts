// The tests' own second attempt: once at most, for one reason only, and never in silence.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { retryIfStarved } from './cli.ts'

/** Makes runs whose verdicts have these reasons, and says how many were made and what was printed. */
async function attempts(t: TestContext, codes: readonly string[], inFolder = '') {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-retry-'))
  t.after(() => rm(folder, { recursive: true }))
  const printed: string[] = []
  const write = t.mock.method(process.stdout, 'write', (text: string) => printed.push(text) > 0)
  let made = 0
  await retryIfStarved('the title', async () => {
    const run = join(folder, String(++made))
    await mkdir(join(run, inFolder), { recursive: true })
    const reasons = codes.map((code) => ({ code, text: '', data: {} }))
    await writeFile(join(run, inFolder, 'verdict.json'), JSON.stringify({ reasons }))
    return { runs: [run] }
  })
  write.mock.restore()
  return { made, printed: printed.filter((text) => text.startsWith('retried')) }
}

test('a starved run is made once again, however the second one ends, and that is printed', async (t) => {
  const { made, printed } = await attempts(t, ['ENDED_EARLY', 'GENERATOR_CPU_STARVED'])
  assert.equal(made, 2)
  assert.deepEqual(printed, ['retried 1/1: the title\n'])
})

test('a starved run of a comparison is found in its folder', async (t) => {
  assert.equal((await attempts(t, ['GENERATOR_CPU_STARVED'], 'pair-01-baseline')).made, 2)
})

for (const code of [
  'TOO_FEW_SAMPLES',
  'POOL_TOO_SMALL',
  'GENERATOR_CPU_SATURATED',
  'LIMIT_MISSED',
]) {
  test(`a run with the reason ${code} is not made again`, async (t) => {
    assert.deepEqual(await attempts(t, [code]), { made: 1, printed: [] })
  })
}
