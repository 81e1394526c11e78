// One verdict everywhere: whatever shows or counts it, shows and counts the same.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { runRecord } from '../history/run-record.ts'
import { resultGauges, verdictGauge } from '../prometheus/objective-series.ts'
import { compileAll } from '../../tests/support/sla/example.ts'
import { exitCode } from '../verdict/exit-code.ts'
import { reason } from '../reasons/reasons.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import type { Judgement } from '../verdict/verdict.ts'
import { createRow, saying } from '../../tests/support/report/example-rows.ts'
import { createVerdict, JUDGEMENTS } from '../../tests/support/report/example-verdict.ts'
import { allOf, parseXml } from '../../tests/support/report/example-xml.ts'
import { renderHtml } from './html/render-html.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { markdownText } from './markdown-text.ts'
import { slackMessage } from './slack.ts'
import { renderReport } from './terminal-report.ts'

const NOT_STRICT_STRICT: Record<string, [text: string, word: string, ...codes: number[]]> = {
  PASS: ['PASS', 'PASS', 0, 0],
  'PASS close': ['PASS (close)', 'MARGINAL', 0, 99],
  NO_DATA: ['NO_DATA', 'NO_DATA', 90, 90],
  'FAIL close': ['FAIL (close)', 'FAIL', 99, 99],
  FAIL: ['FAIL', 'FAIL', 99, 99],
  INVALID: ['INVALID', 'INVALID', 91, 91],
}

for (const judgement of JUDGEMENTS) {
  const key = `${judgement.verdict}${judgement.isClose ? ' close' : ''}`
  const [text, word, ...codes] = NOT_STRICT_STRICT[key] ?? assert.fail(key)
  const file = fileOf(judgement)
  describe(`a run that is ${text}`, () => {
    test('is that in every report', () => {
      const all = { terminal: text, markdown: text, slack: text, junit: text, page: text }
      assert.deepEqual(textsOf(file), { ...all, title: text })
    })

    test(`is ${word} where one word is needed`, () => {
      const record = runRecord(file, { folder: 'x', hasReport: true })
      assert.equal(record?.verdict, word)
      assert.equal(verdictGauge(file, '').labels['verdict'], word)
      assert.equal(/class="verdict is-([\w-]+)"/.exec(renderHtml(file))?.[1], classOf(word))
    })

    for (const [index, strict] of [false, true].entries()) {
      test(`has exit code ${codes[index]}${strict ? ' with --strict' : ''}, as red as junit.xml`, () => {
        const code = exitCode(file, { strict })
        assert.equal(code, codes[index])
        const { failures, errors } = parseXml(junit(file, { strict })).attributes
        assert.equal(Number(failures) + Number(errors) > 0, code !== 0)
      })
    }
  })

  if (judgement.verdict === 'INVALID') continue
  test(`an objective that is ${text} is that in every table`, () => {
    const objectives = [createRow({ id: 'o-1', ...judgement, reason: saying('why') })]
    const each = { ...file, objectives }
    const inTerminal = stripVTControlCharacters(renderReport({ file: each, folder: '.' }))
    assert.equal(/^o-1 .* {2}(\S+(?: \(close\))?) *$/m.exec(inTerminal)?.[1], text)
    assert.ok(
      markdown(each).includes(`
| ${markdownText(text)} | o-1 |`),
    )
    assert.ok(bareText(renderHtml(each)).includes(` o-1 ${text} `))
    const record = runRecord(each, { folder: 'x', hasReport: true })
    assert.equal(record?.objectives[0]?.verdict, word)
    const compiled = compileAll([{ id: 'o-1', indicator: { latency: 'p95' }, limit: '< 200ms' }])
    const [verdict] = resultGauges(objectives, compiled)
    assert.deepEqual(verdict?.labels, { objective: 'o-1', verdict: word, level: 'required' })
  })

  test(`an INVALID run whose samples make it ${text} says so in every report`, () => {
    const invalid = { ...fileOf({ verdict: 'INVALID' }), wouldBe: judgement }
    const words = `Its samples would make it ${text}.`
    const slack = slackMessage(invalid, 'x').blocks
    for (const report of [
      stripVTControlCharacters(renderReport({ file: invalid, folder: '.' })),
      markdown(invalid),
      renderHtml(invalid),
      JSON.stringify(slack),
      junit(invalid),
    ]) {
      assert.ok(report.includes(words), report)
    }
    assert.equal(propertiesOf(invalid)['wouldBe'], text)
    assert.deepEqual(textsOf(invalid).page, 'INVALID')
  })
}

test('a run that the user has stopped is INVALID everywhere, and its exit code says who', () => {
  const stopped = reason('STOPPED_BY_USER', { elapsedSeconds: 5, plannedSeconds: 100 })
  const file = createVerdict({ verdict: 'INVALID', reasons: [stopped] })
  assert.deepEqual(new Set(Object.values(textsOf(file))), new Set(['INVALID']))
  assert.equal(exitCode(file), 105)
})

/** A run, and the objective that made it so; of an INVALID run its objective has held. */
function fileOf(judgement: Judgement): VerdictFile {
  const isInvalid = judgement.verdict === 'INVALID'
  const why = saying('why')
  return createVerdict({
    ...judgement,
    objectives: [createRow(isInvalid ? {} : { ...judgement, reason: why })],
    reasons: judgement.verdict === 'PASS' && !judgement.isClose ? [] : [why],
    ...(isInvalid && { wouldBe: { verdict: 'PASS' } }),
  })
}

/** The verdict as each report says it first. */
function textsOf(file: VerdictFile) {
  const terminal = stripVTControlCharacters(renderReport({ file, folder: '.' }))
  const page = renderHtml(file)
  return {
    terminal: /^(\S.*?) {2}load on/m.exec(terminal)?.[1],
    markdown: /^## (.*?): load on/.exec(markdown(file))?.[1],
    slack: /^(.*?): load on/.exec(slackMessage(file, 'x').text)?.[1],
    junit: propertiesOf(file)['verdict'],
    page: bareText(/<p class="word">([^]*?)<\/p>/.exec(page)?.[1] ?? '').trim(),
    title: /<title>load on better-prompts: (.*?)<\/title>/.exec(page)?.[1],
  }
}

function propertiesOf(file: VerdictFile): Record<string, string> {
  const found = allOf(parseXml(junit(file)), 'property').map(({ attributes }) => attributes)
  return Object.fromEntries(found.map(({ name = '', value = '' }) => [name, value]))
}

function bareText(page: string): string {
  return page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
}

function classOf(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z]+/g, '-')
}
