import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createVerdict } from '../../tests/support/report/example-verdict.ts'
import { appendStepSummary, redraw } from './redraw.ts'

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-redraw-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

const strict = false

test('all reports are written, and nothing else', async (t) => {
  const folder = await temporaryFolder(t)
  const { written, faults } = await redraw(folder, createVerdict(), { strict })
  assert.deepEqual(faults, [])
  assert.deepEqual(written, ['report.html', 'junit.xml', 'report.md'])
  assert.deepEqual((await readdir(folder)).sort(), [...written].sort())
})

test('a report that cannot be written is one line, and takes away no other', async (t) => {
  const folder = await temporaryFolder(t)
  await mkdir(join(folder, 'junit.xml'))
  const { written, faults } = await redraw(folder, createVerdict(), { strict })
  assert.deepEqual(written, ['report.html', 'report.md'])
  assert.equal(faults.length, 1)
  assert.deepEqual((await readdir(folder)).sort(), ['junit.xml', ...written].sort())
  assert.match(faults[0] ?? '', /junit\.xml could not be written: .*EISDIR|ENOTEMPTY/)
  assert.doesNotMatch(faults[0] ?? '', /\n/)
})

test('a step summary is appended to, and none is no fault', async (t) => {
  const path = join(await temporaryFolder(t), 'summary.md')
  await writeFile(path, 'before\n')
  assert.equal(await appendStepSummary(createVerdict(), { GITHUB_STEP_SUMMARY: path }), undefined)
  assert.match(await readFile(path, 'utf8'), /^before\n## PASS: load on better-prompts\n/)
  assert.equal(await appendStepSummary(createVerdict(), {}), undefined)
  const broken = await appendStepSummary(createVerdict(), { GITHUB_STEP_SUMMARY: '/no/such/x' })
  assert.match(broken ?? '', /^GITHUB_STEP_SUMMARY could not be written: ENOENT/)
})
