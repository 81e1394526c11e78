import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createObjective, createRun } from '../../tests/support/history/example-history.ts'
import { renderHistoryPage } from './history-page.ts'
import type { RunRecord } from './run-record.ts'

const render = (runs: RunRecord[], resultsPath = '') =>
  renderHistoryPage(
    { runs, unjudged: 0, unreadable: [{ folder: 'torn', why: 'it is empty' }] },
    { generatedAtMs: 0, resultsPath },
  )

test('every run is in the page without any script, newest first', () => {
  const page = render([createRun(1), createRun(2)]).replace(/<script[^]*/, '')
  assert.ok(page.indexOf('run-0002') > 0 && page.indexOf('run-0002') < page.indexOf('run-0001'))
  assert.match(page, /skipped 1 folder/)
})

test('a run with a report is a relative link, whatever its folder is called', () => {
  const runs = [
    createRun(1, { hasReport: true, folder: 'javascript:a"b/../c' }),
    createRun(2, { folder: 'none' }),
  ]
  const page = render(runs, '../results')
  const links = [...page.matchAll(/href="([^#][^"]*)"/g)].map(([, url]) => url)
  assert.deepEqual(links, ['data:,', './../results/javascript%3Aa%22b%2F..%2Fc/report.html'])
})

test('names are text everywhere, also in the data of the script', () => {
  const evil = '</script><img src=x onerror=alert(1)>"\u2028'
  const objectives = [createObjective({ id: evil })]
  const run = { id: evil, folder: evil, scenario: evil, workload: evil, setup: evil, objectives }
  const page = render([createRun(1, run), createRun(2, run)])
  assert.doesNotMatch(page, /<img/)
  assert.equal(page.match(/<\/script>/g)?.length, 2)
  const [, data = ''] = /id="data">([^]*?)<\/script>/.exec(page) ?? []
  assert.doesNotMatch(data, /[<>\u2028]/)
  assert.equal((JSON.parse(data) as { runs: { name: string }[] }).runs[0]?.name, evil)
})

test('nothing is loaded and no style is inline: the policy would forbid it', () => {
  const page = render([createRun(1), createRun(2)])
  assert.match(
    page,
    /content="default-src &#39;none&#39;; script-src &#39;sha256-|content="default-src 'none'/,
  )
  const text = page.replace(/<style>[^]*?<\/style>|<script>[^]*?<\/script>/g, '')
  assert.doesNotMatch(text, / style=| on\w+=|https?:/)
})

test('500 runs of twenty objectives stay under a megabyte', () => {
  const objectives = Array.from({ length: 20 }, (_, index) =>
    createObjective({
      id: `every-endpoint-p95 [POST /v1/endpoint-${index}]`,
      measured: 100 + index / 7,
    }),
  )
  const runs = Array.from({ length: 500 }, (_, hour) =>
    createRun(hour, { scenario: ['load', 'spike', 'soak', 'mix'][hour % 4] ?? '', objectives }),
  )
  const bytes = Buffer.byteLength(render(runs))
  assert.ok(bytes < 1_000_000, `${bytes} bytes`)
})

test('an empty history is a page that says so', () => {
  assert.match(render([]), /No run was judged here yet/)
})
