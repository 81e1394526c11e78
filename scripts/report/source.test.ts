// Reports of a run that was judged without its samples say where the verdict comes from, and no zeros.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutSamples } from '../verdict/tables/without-samples.ts'
import { createRow } from '../../tests/support/report/example-rows.ts'
import { createVerdict, START_MS } from '../../tests/support/report/example-verdict.ts'
import { renderHtml } from './html/render-html.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { slackMessage } from './slack.ts'
import { renderReport } from './terminal-report.ts'

const row = createRow()
delete row.measured
delete row.interval
delete row.samples

const file = {
  ...createVerdict({ objectives: [row], reasons: [], errors: [] }),
  ...withoutSamples({
    startMs: START_MS,
    elapsedSeconds: 90,
    plannedSeconds: 100,
    end: 'complete',
  }),
  source: {
    kind: 'k6 cloud' as const,
    url: 'https://x.grafana.net/runs/1',
    facts: [['Judged by', "k6 cloud's thresholds <b>"] as [string, string]],
  },
}

const REPORTS: Record<string, string> = {
  terminal: renderReport({ file, folder: '.' }),
  Markdown: markdown(file),
  page: renderHtml(file),
  Slack: JSON.stringify(slackMessage(file, '.')),
}

for (const [name, text] of Object.entries(REPORTS)) {
  test(`${name}: the source is reported, and nothing that only samples could tell`, () => {
    assert.match(text, /Judged by/)
    assert.doesNotMatch(
      text,
      /0 iterations|Iterations started|0 in samples\.parquet|gave no figures/,
    )
    assert.doesNotMatch(text, /No request was sent|Healthy|NaN|undefined/)
  })
}

test('the page of the run is named, and nothing of it is markup', () => {
  for (const name of ['terminal', 'Markdown', 'page']) {
    assert.match(REPORTS[name] ?? '', /https:\/\/x\.grafana\.net\/runs\/1/, name)
  }
  assert.doesNotMatch(REPORTS['page'] ?? '', /thresholds <b>/)
  assert.doesNotMatch(REPORTS['Markdown'] ?? '', /thresholds <b>/)
})

test('JUnit has one case for each objective all the same', () => {
  assert.match(junit(file), /tests="2" failures="0" errors="0"/)
})
