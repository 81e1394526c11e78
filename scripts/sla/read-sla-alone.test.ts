import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { projectPath } from '../core/project.ts'
import { workloadFolders } from '../plan/scenario-files.ts'
import { readSlaAlone } from './read-sla-alone.ts'

let folder: string
before(async () => (folder = await mkdtemp(join(tmpdir(), 'k6v-sla-alone-'))))
after(() => rm(folder, { recursive: true }))

async function read(...objectives: Record<string, unknown>[]) {
  const path = join(folder, 'sla.json')
  await writeFile(path, JSON.stringify({ workload: 'orders', objectives }))
  return readSlaAlone(path)
}

test('the files of this project are read without a scenario', async () => {
  const names = workloadFolders().map(({ name }) => name)
  for (const name of names) {
    const { workload, objectives } = await readSlaAlone(projectPath('thresholds', `${name}.json`))
    assert.equal(workload, name)
    assert.ok(objectives.length > 5)
  }
})

test('endpoints, scenarios and metrics are taken as they are written', async () => {
  const { objectives } = await read(
    {
      id: 'a',
      indicator: { share: 'orders_correct' },
      limit: '>= 99%',
      where: { endpoint: 'GET /orders' },
      scenarios: ['spike', 'load:peak'],
    },
    { id: 'b', indicator: { latency: 'p95' }, limit: '< 1s', each: 'region' },
    { id: 'c', indicator: { statistic: 'p95 of first_byte' }, limit: '< 20ms' },
  )
  assert.deepEqual(
    objectives.map(({ id, limit }) => [id, limit.value]),
    [
      ['a', 0.99],
      ['b', 1_000],
      ['c', 20],
    ],
  )
})

test('what is wrong in the file itself is still refused', async () => {
  const refused = { code: 'K6V_SLA_INVALID' }
  await assert.rejects(read({ id: 'a', indicator: 'availability', limit: '<= 99%' }), refused)
  await assert.rejects(read({ id: 'a', indicator: { share: 'vus' }, limit: '>= 9%' }), refused)
  const noText = { toString: 'text' }
  for (const objective of [
    { id: 'a', indicator: { share: noText }, limit: '>= 9%' },
    { id: 'a', indicator: { statistic: 'p95 of own' }, limit: noText },
    { id: 'a', indicator: null, limit: '>= 9%' },
    { id: 'a', indicator: 'availability', limit: '>= 99%', scenarios: [noText] },
  ]) {
    await assert.rejects(read(objective), refused)
  }
})
