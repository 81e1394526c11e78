import assert from 'node:assert/strict'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createVerdict } from '../../tests/support/report/example-verdict.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import { sinceLastRun } from './since-last-run.ts'

const NOW = '20261121-120000-spike-00ff'

function run(id: string, changes: Partial<VerdictFile> = {}): VerdictFile {
  const file = createVerdict()
  return { ...file, ...changes, run: { ...file.run, scenario: 'spike', id } }
}

async function resultsOf(files: VerdictFile[]): Promise<string> {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-since-'))
  for (const file of files) {
    await mkdir(join(results, file.run.id))
    await writeFile(join(results, file.run.id, 'verdict.json'), JSON.stringify(file))
  }
  return results
}

test('the newest earlier run of the same load is reported, with its differences', async () => {
  const older = run('20261120-120000-spike-0001')
  const newest = run('20261121-110000-spike-0002')
  const results = await resultsOf([older, newest, run('20261121-130000-spike-0003')])
  const since = await sinceLastRun(run(NOW), results)
  assert.equal(since?.id, newest.run.id)
  assert.ok(since.objectives.length > 0)
  assert.ok(since.objectives.every(({ hint }) => hint === '~' || hint === ''))
})

test('an INVALID run, one of another load, and a broken folder are passed over', async () => {
  const sound = run('20261120-120000-spike-0001')
  const invalid = run('20261121-110000-spike-0002', { verdict: 'INVALID' })
  const other = run('20261121-113000-spike-0003')
  other.run = { ...other.run, plan: { ...other.run.plan, target: 7 } }
  const results = await resultsOf([sound, invalid, other])
  await mkdir(join(results, '20261121-115000-spike-0004'))
  assert.equal((await sinceLastRun(run(NOW), results))?.id, sound.run.id)
})

test('the first run of its kind has none, nor has an INVALID one', async () => {
  const results = await resultsOf([run('20261120-120000-spike-0001')])
  assert.equal(await sinceLastRun(run('20261119-120000-spike-0000'), results), undefined)
  assert.equal(await sinceLastRun(run(NOW, { verdict: 'INVALID' }), results), undefined)
})

test('a PASS that was close is said to be', async () => {
  const results = await resultsOf([
    run('20261120-120000-spike-0001', { verdict: 'PASS', isClose: true }),
  ])
  assert.equal((await sinceLastRun(run(NOW), results))?.verdict, 'PASS (close)')
})
