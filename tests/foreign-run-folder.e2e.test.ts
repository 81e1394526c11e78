// A run folder that somebody else made is data: no command runs what is written in it.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createRunFolder } from '../scripts/report/example-run-folder.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'
import { cli } from './cli.ts'

/** Changes the verdict of a folder, so that it holds some SQL. */
type Change = (file: VerdictFile, sql: string) => unknown

/** Two folders of the same test, the second one changed; `stolen` is what its SQL would write. */
async function twoRuns(t: TestContext, change: Change) {
  const before = await createRunFolder(t)
  const now = await createRunFolder(t, { id: '20261121-094604-load-7f3a' })
  const path = join(now.path, 'verdict.json')
  const file = JSON.parse(await readFile(path, 'utf8')) as VerdictFile
  const stolen = join(now.results, 'stolen.csv')
  await writeFile(path, JSON.stringify(change(file, copyTo(stolen))))
  return { before: before.path, now: now.path, stolen }
}

test('compare reads the samples of both folders', async (t) => {
  const { before, now } = await twoRuns(t, (file) => file)
  const { exitCode, stdout, stderr } = await cli(['compare', before, now])
  assert.equal(exitCode, 0, stderr)
  assert.match(stdout, /GET \/v1\/history/)
})

function copyTo(path: string): string {
  return `COPY (SELECT content FROM read_text('/etc/hostname')) TO '${path}'`
}

const EVIL: Record<string, Change> = {
  'as the SQL of an older version': (file, sql) => {
    const table = `SELECT 'a' AS name, 1 AS duration_ms, false AS failed, 0 AS at_us, 'hold' AS phase`
    return { ...file, tables: { requests: `${table}) WHERE true; ${sql}; FROM (${table}` } }
  },
  'as the name of a phase': ({ run, ...file }, sql) => {
    const phases = run.plan.phases.map((phase) => ({ ...phase, name: `x' END); ${sql}; --` }))
    return { ...file, run: { ...run, plan: { ...run.plan, phases } } }
  },
  'as the time of a phase': ({ run, ...file }, sql) => {
    const phases = run.plan.phases.map((phase) => ({ ...phase, endSeconds: `1); ${sql}; --` }))
    return { ...file, run: { ...run, plan: { ...run.plan, phases } } }
  },
  'as the start of the load': (file, sql) => {
    const { timeline, ...series } = file.series
    return { ...file, series: { ...series, timeline: { ...timeline, startMs: `0; ${sql}; --` } } }
  },
}

for (const [title, evil] of Object.entries(EVIL)) {
  test(`SQL in a verdict, ${title}, is never run`, async (t) => {
    const { before, now, stolen } = await twoRuns(t, evil)
    const { stderr } = await cli(['compare', now, before])
    assert.ok(!existsSync(stolen), stderr)
  })
}
