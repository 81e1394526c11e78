// Reports against files that a person has looked at: a change of one is a diff to be read. To write them
// anew: UPDATE_GOLDEN=1 node tests/run.mjs report-golden
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { below, createRow, everyKind } from './support/report/example-rows.ts'
import { createVerdict, hostileVerdict } from './support/report/example-verdict.ts'
import { parseXml } from './support/report/example-xml.ts'
import { junit } from '../scripts/report/junit.ts'
import { markdown } from '../scripts/report/markdown.ts'
import { slackMessage } from '../scripts/report/slack.ts'
import { ofObjective, reason } from '../scripts/reasons/reasons.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'

const REPORTS: Record<string, (file: VerdictFile) => string> = {
  'junit.xml': (file) => junit(file),
  'report.md.txt': markdown,
  'slack.json.txt': (file) => `${JSON.stringify(slackMessage(file, 'results/x'), null, 2)}\n`,
}

const CLOSE = reason('CLOSE_TO_LIMIT', { measured: 151.5, low: 149, high: 210, limit: below(200) })

/** PASS (close). */
const CLOSE_PASS = createVerdict({
  isClose: true,
  objectives: [createRow({ interval: { low: 149, high: 210 }, isClose: true, reason: CLOSE })],
  reasons: [ofObjective('latency-p95', CLOSE)],
})

const INVALID = createVerdict({
  verdict: 'INVALID',
  objectives: everyKind(),
  wouldBe: { verdict: 'FAIL' },
  reasons: [
    reason('ENDED_EARLY', { elapsedSeconds: 5, plannedSeconds: 100 }),
    ofObjective('latency-p99', reason('LIMIT_MISSED', { measured: 612.5, limit: below(500) })),
  ],
  stoppedBy: { id: 'latency-p99', reason: 'latency p99 700 ms over the last 10 s' },
  errors: ['TypeError: x is undefined\n  at default (scenarios/load.ts:12:3)'],
  diagnosis: [
    {
      id: 'short-run',
      title: 'The run is short',
      text: 'Only 5 s of it are judged.',
      advice: 'Let it run longer.',
      severity: 'warning',
    },
  ],
})

for (const [verdict, file] of [
  ['pass', createVerdict()],
  ['close', CLOSE_PASS],
  ['invalid', INVALID],
  ['hostile', hostileVerdict()],
] as const) {
  for (const [name, render] of Object.entries(REPORTS)) {
    test(`${name} of the verdict "${verdict}" is as it was`, async () => {
      const path = projectPath('tests', 'fixtures', 'report-golden', `${verdict}-${name}`)
      const text = render(file)
      if (process.env['UPDATE_GOLDEN']) await writeFile(path, text)
      assert.equal(text, await readFile(path, 'utf8'))
    })
  }
}

test('the golden JUnit files are well-formed, and so is no broken one', async () => {
  for (const verdict of ['pass', 'close', 'invalid', 'hostile']) {
    const path = projectPath('tests', 'fixtures', 'report-golden', `${verdict}-junit.xml`)
    const text = await readFile(path, 'utf8')
    assert.equal(parseXml(text).name, 'testsuites')
    assert.throws(() => parseXml(text.replace('</testsuite>', '')))
    assert.throws(() => parseXml(text.replace('<testsuites', '\u0007<testsuites')))
  }
})
