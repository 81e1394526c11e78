import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reason } from '../reasons/reasons.ts'
import { createRow, everyKind, saying } from '../../tests/support/report/example-rows.ts'
import { createVerdict, hostileVerdict } from '../../tests/support/report/example-verdict.ts'
import { SLACK_TEXT_MAX, slackMessage, slackText } from './slack.ts'

for (const [text, expected] of [
  ['<!channel>', '&lt;!channel&gt;'],
  ['<@U123> <http://e|x>', '&lt;@U123&gt; &lt;http://e|x&gt;'],
  ['a & b', 'a &amp; b'],
  ['`*x*~', "'∗x∗∼"],
  ['a\nb', 'a b'],
] as const) {
  test(`${JSON.stringify(text)} is ${JSON.stringify(expected)} in Slack`, () => {
    assert.equal(slackText(text), expected)
  })
}

test('the message has the verdict, the reasons and the objectives that are not PASS', () => {
  const reasons = [saying('too slow')]
  const file = createVerdict({ verdict: 'FAIL', objectives: everyKind(), reasons })
  const { text, blocks } = slackMessage(file, 'results/x')
  const all = JSON.stringify(blocks)

  assert.equal(text, 'FAIL: load on better-prompts')
  for (const part of [
    'too slow',
    'FAIL latency-p99: 612.5 ms, expected &lt; 500ms',
    'PASS (close) availability',
    'rare',
    'wish (advisory)',
    'results/x',
  ]) {
    assert.ok(all.includes(part), part)
  }
  for (const part of ['latency-p95', 'elsewhere']) assert.ok(!all.includes(part), part)
})

test("a message keeps Slack's limits however much there is to say, and cuts between lines", () => {
  const long = '<&>'.repeat(2_000)
  const objectives = Array.from({ length: 500 }, () => createRow({ id: long, verdict: 'FAIL' }))
  const reasons = Array<Reason>(500).fill(saying(long))
  const run = { ...createVerdict().run, id: long, scenario: long, workload: long }
  const { blocks } = slackMessage(createVerdict({ run, objectives, reasons }), long)

  assert.ok(blocks.length <= 50)
  const texts = blocks.flatMap((block) => ('text' in block ? [block.text] : block.elements))
  for (const { type, text } of texts) {
    assert.ok(text.length <= (type === 'plain_text' ? 150 : SLACK_TEXT_MAX), `${text.length}`)
    if (type === 'mrkdwn') assert.doesNotMatch(text, /&(?!(amp|lt|gt);)/)
  }
  assert.match(JSON.stringify(blocks), /• \d+ more/)
})

test('hostile text calls nobody', () => {
  const { text, blocks } = slackMessage(hostileVerdict(), '<!here>')
  const header = blocks.find(({ type }) => type === 'header')
  const marked = JSON.stringify([text, blocks.filter((block) => block !== header)])
  assert.doesNotMatch(marked, /<[!@#]/)
})
