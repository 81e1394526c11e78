import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createRun, verdictOf, writeRuns } from '../../tests/support/history/example-history.ts'
import { readHistory, skippedLine } from './read-history.ts'

async function resultsFolder(t: TestContext): Promise<string> {
  const results = await mkdtemp(join(tmpdir(), 'k6v-history-'))
  t.after(() => rm(results, { recursive: true }))
  return results
}

test('runs come back as they were written, sorted by time and not by name', async (t) => {
  const results = await resultsFolder(t)
  const early = createRun(1, { id: 'z', folder: 'z', hasReport: true, verdict: 'FAIL' })
  const late = createRun(2, { id: 'a', folder: 'a' })
  await writeRuns(results, [late, early])

  assert.deepEqual(await readHistory(results), { runs: [early, late], unjudged: 0, unreadable: [] })
})

test('runs of another scenario or workload are left out', async (t) => {
  const results = await resultsFolder(t)
  await writeRuns(results, [
    createRun(1),
    createRun(2, { scenario: 'spike' }),
    createRun(3, { workload: 'value-canvas' }),
  ])
  const idsOf = async (filter: Parameters<typeof readHistory>[1]) =>
    (await readHistory(results, filter)).runs.map(({ id }) => id)

  assert.deepEqual(await idsOf({ scenario: 'spike' }), ['run-0002'])
  assert.deepEqual(await idsOf({ scenario: 'load', workload: 'value-canvas' }), ['run-0003'])
})

test('folders that are no judged run are counted, and each says why', async (t) => {
  const results = await resultsFolder(t)
  await writeRuns(results, [createRun(1)])
  const verdicts = {
    torn: '{"format": 1, "ru',
    'another-format': JSON.stringify({ ...verdictOf(createRun(2)), format: 1 }),
    'without-time': JSON.stringify({
      ...verdictOf(createRun(2)),
      run: { ...(verdictOf(createRun(2))['run'] as object), startedAt: 'yesterday' },
    }),
  }
  for (const [name, text] of Object.entries(verdicts)) {
    await mkdir(join(results, name))
    await writeFile(join(results, name, 'verdict.json'), text)
  }
  await mkdir(join(results, 'still-running'))
  for (const several of ['suite', 'scaling', 'compare']) {
    await mkdir(join(results, `${several}-20261201-100000-nightly-0000`))
  }
  await writeFile(join(results, 'index.html'), 'no folder')

  const history = await readHistory(results)

  assert.deepEqual([history.runs.length, history.unjudged], [1, 1])
  assert.equal(
    skippedLine(history),
    `skipped 4 folders: 1 without a verdict, 3 with one that cannot be read
  another-format: expected format to be 2, got 1
  torn: it is not JSON, or was cut off
  without-time: expected run.startedAt to be a time such as 2026-11-21T08:46:04.000Z, got "yesterday"`,
  )
})

test('the folder of a suite, or of more and more replicas, is no run that is missing', async (t) => {
  const results = await resultsFolder(t)
  for (const name of ['suite', 'scaling']) {
    await mkdir(join(results, `${name}-a`), { recursive: true })
    await writeFile(join(results, `${name}-a`, `${name}.json`), '{}')
  }
  assert.equal(skippedLine(await readHistory(results)), undefined)
})

test('why it cannot be read is told without the path, whatever that is', async (t) => {
  const results = join(await resultsFolder(t), 'mine to be a whole verdict: yours')
  await mkdir(join(results, 'torn'), { recursive: true })
  await writeFile(join(results, 'torn', 'verdict.json'), '{')

  const { unreadable } = await readHistory(results)
  assert.deepEqual(unreadable, [{ folder: 'torn', why: 'it is not JSON, or was cut off' }])
})

test('a results folder that is not there is an empty history, and skips nothing', async () => {
  const history = await readHistory('/nowhere')
  assert.deepEqual(history.runs, [])
  assert.equal(skippedLine(history), undefined)
})

test('an objective that did not apply, or of an unknown unit, is no part of a run', async (t) => {
  const results = await resultsFolder(t)
  const [objective] = createRun(1).objectives
  const odd = [
    { ...objective, id: 'absent', verdict: 'not in this run' },
    { ...objective, id: 'miles', unit: 'miles' },
    { ...objective, id: 'unmeasured', measured: null },
  ]
  await mkdir(join(results, 'odd'))
  const file = { ...verdictOf(createRun(1)), objectives: odd }
  await writeFile(join(results, 'odd', 'verdict.json'), JSON.stringify(file))

  const [run] = (await readHistory(results)).runs
  assert.deepEqual(
    run?.objectives.map(({ id, measured }) => [id, measured]),
    [['unmeasured', undefined]],
  )
})
