import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, before, test } from 'node:test'
import { findRun } from './find-run.ts'

const IDS = ['20261120-235959-load-aaaa', '20261121-000000-smoke-bbbb']

let results: string
let env: NodeJS.ProcessEnv

before(async () => {
  results = await mkdtemp(join(tmpdir(), 'k6v-find-run-'))
  env = { K6_VERDICT_RESULTS: results }
  for (const name of [...IDS, 'zzz-is-no-run']) await mkdir(join(results, name))
})
after(() => rm(results, { recursive: true }))

const idOf = async (run: string): Promise<string> => (await findRun(run, env)).path

test('latest is the run that began last, whatever else is there', async () => {
  assert.equal(await idOf('latest'), join(results, IDS[1] ?? ''))
})

test('a run is found by its id and by its path', async () => {
  const path = join(results, IDS[0] ?? '')
  assert.equal(await idOf(IDS[0] ?? ''), path)
  assert.equal(await idOf(path), path)
  assert.equal(await idOf(relative(process.cwd(), path)), path)
  const { verdict, samples } = await findRun(`${path}/`, {})
  assert.deepEqual([verdict, samples], [join(path, 'verdict.json'), join(path, 'samples.parquet')])
})

test('a mistyped run is answered with the one most like it', async () => {
  const code = 'K6V_RUN_NOT_FOUND'
  const message = /did you mean "20261121-000000-smoke-bbbb"/
  await assert.rejects(findRun('20261121-000000-smoke-bbb', env), { code, message })
  await assert.rejects(findRun('', env), { code })
})

test('latest without any run says where it looked', async () => {
  const empty = { K6_VERDICT_RESULTS: join(results, 'none') }
  await assert.rejects(findRun('latest', empty), { code: 'K6V_RUN_NOT_FOUND', message: /none/ })
})
