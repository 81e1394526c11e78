import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { registerScrapeTargets, removeDeadTargets } from './scrape-targets.ts'
import { stackFolder } from './stack-folder.ts'
import { writeStackState } from './stack-state.ts'

const RUN = {
  testid: '20261121-084801-spike-7f3a',
  workload: 'better-prompts',
  targets: [
    { job: 'sandbox', address: 'http://127.0.0.1:8640' },
    { job: 'k6', address: '127.0.0.1:41001' },
  ],
}

/** No process has an id as large as this. */
const NOBODY = 2 ** 30

async function started(t: TestContext) {
  const path = await mkdtemp(join(tmpdir(), 'k6v-targets-'))
  t.after(() => rm(path, { recursive: true }))
  const env = { K6_VERDICT_OBSERVABILITY: path }
  const folder = stackFolder(env)
  await mkdir(folder.targets)
  return { env, folder }
}

test('a run is there for Prometheus while it lasts, and gone afterwards', async (t) => {
  const { env, folder } = await started(t)
  const remove = await registerScrapeTargets(RUN, env)
  const names = await readdir(folder.targets)
  assert.equal(names.length, 1)
  const [name = ''] = names
  assert.match(name, /\.json$/)
  const labels = { testid: RUN.testid, workload: 'better-prompts' }
  assert.deepEqual(JSON.parse(await readFile(join(folder.targets, name), 'utf8')), [
    { targets: ['127.0.0.1:8640'], labels: { job: 'sandbox', ...labels } },
    { targets: ['127.0.0.1:41001'], labels: { job: 'k6', ...labels } },
  ])
  await remove()
  await remove()
  assert.deepEqual(await readdir(folder.targets), [])
})

test('Prometheus in a container gets the name that this machine has there', async (t) => {
  const { env, folder } = await started(t)
  const url = 'http://127.0.0.1:1'
  const state = { pid: process.pid, prometheus: url, alertmanager: url }
  writeStackState(folder, { ...state, scrapeHost: 'host.docker.internal' })
  await registerScrapeTargets(
    { ...RUN, targets: [...RUN.targets, { job: 'api', address: '10.0.0.7:80' }] },
    env,
  )
  const [name = ''] = await readdir(folder.targets)
  const text = await readFile(join(folder.targets, name), 'utf8')
  const groups = JSON.parse(text) as { targets: string[] }[]
  assert.deepEqual(
    groups.flatMap(({ targets }) => targets),
    ['host.docker.internal:8640', 'host.docker.internal:41001', '10.0.0.7:80'],
  )
})

test('without a data folder, or without targets, nothing is written', async (t) => {
  const { env, folder } = await started(t)
  await (
    await registerScrapeTargets({ ...RUN, targets: [] }, env)
  )()
  assert.deepEqual(await readdir(folder.targets), [])
  const nowhere = join(folder.path, 'nowhere')
  await (
    await registerScrapeTargets(RUN, { K6_VERDICT_OBSERVABILITY: nowhere })
  )()
  assert.deepEqual(await readdir(folder.path), ['targets'])
})

test('what a killed run has left is removed, and what is alive stays', async (t) => {
  const { env, folder } = await started(t)
  await registerScrapeTargets(RUN, env)
  for (const name of [`dead.${NOBODY}.json`, `dead.${NOBODY}.json.partial`, 'mine.json']) {
    await writeFile(join(folder.targets, name), '[]')
  }
  await removeDeadTargets(folder)
  assert.deepEqual((await readdir(folder.targets)).sort(), [
    `${RUN.testid}.${process.pid}.json`,
    'mine.json',
  ])
})
