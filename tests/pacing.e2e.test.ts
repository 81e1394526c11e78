// How often a user acts, in the real k6.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type RunningSandbox, startSandbox } from '../scripts/plan/sandbox-process.ts'
import { readSummary, type Summary } from '../scripts/verdict/facts/read-summary.ts'
import { cli } from './cli.ts'
import { realK6 } from './k6.ts'

let sandbox: RunningSandbox
let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
  sandbox = await startSandbox()
})
after(() => sandbox.stop())

const USERS = 4

async function run(fixture: string): Promise<{ summary: Summary; stdout: string }> {
  const folder = `tests/fixtures/${fixture}`
  const of = ['--workload', folder, '--sla', `${folder}/sla.json`, '--target', sandbox.url]
  const load = ['--users', String(USERS), '--duration', '3s', '--time-scale', '0.001']
  const { runs, stdout } = await cli(['sustained', ...of, ...load], { env: { K6_BIN } })
  return { summary: await readSummary(join(runs[0] ?? '', 'summary.json')), stdout }
}

test('a paced user begins at most one iteration in each interval', async () => {
  const { summary, stdout } = await run('paced')

  const each = (summary.metrics['iterations']?.values['count'] ?? 0) / USERS
  // 3.03 s in steps of half a second; a slow machine does less, never more.
  assert.ok(each >= 1 && each <= 7, `${each} iterations for each user\n${stdout}`)
})

test('users who think for ten minutes do not keep a run of three seconds waiting', async () => {
  const startedAtMs = performance.now()
  const { stdout } = await run('slow-thinker')

  // k6 itself would wait for 30 s more before it cuts a pause short.
  const seconds = (performance.now() - startedAtMs) / 1_000
  assert.ok(seconds < 25, `${seconds} s\n${stdout}`)
  assert.match(stdout, /^(NO_DATA|INVALID) /m)
})
