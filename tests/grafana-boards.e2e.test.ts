// The boards in a real Grafana: GRAFANA_HOME names an installation. No package ships one.
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'
import { BOARDS } from '../grafana/dashboards/all.ts'
import { panelQueries } from './support/grafana/board-queries.ts'
import { projectPath } from '../scripts/core/project.ts'
import { FOLDER_VARIABLE } from '../scripts/observability/stack-folder.ts'
import { openPage, type Page } from './support/report-html/browser-page.ts'
import { startBrowser } from './support/report-html/browser-pipe.ts'
import { findChromium } from '../scripts/report/pdf.ts'
import { realK6 } from './k6.ts'
import { eventually, startStack, type TestStack } from './observability-stack.ts'
import { WITHOUT_SUBJECT } from './queries-without-subject.ts'
import { startStream } from './streamed-run.ts'

const skip = process.env['GRAFANA_HOME'] ? false : 'skipped: no Grafana'

/** So high that Grafana draws what is far down, too. */
const VIEW = { width: 1600, height: 6_000 }

const REFRESH_MS = 5_000

// What Grafana 11.0 and later mark panels with (@grafana/e2e-selectors).
const PANEL = 'data-testid Panel header '
const LOADING = '[aria-label="Panel loading bar"]'
const ERROR = '[data-testid="data-testid Panel status error"]'
const EMPTY = '[data-testid="data-testid Panel data error message"]'

const SHORT = ['--duration', '20s', '--time-scale', '0.02']

test('every board shows two runs in a real Grafana', { skip, timeout: 300_000 }, async (t) => {
  const stack = await startStack(t, { args: ['--with', 'binaries'] })
  const chromium = await startBrowser(await findChromium(process.env))
  t.after(() => chromium.close())
  const open = (uid: string, more = '') =>
    openPage(chromium, `${stack.grafana}/d/${uid}?kiosk&from=now-10m&to=now${more}`, VIEW)

  await t.test('which has them provisioned', async () => {
    for (const { uid, title } of BOARDS) {
      const answer = await fetch(`${stack.grafana}/api/dashboards/uid/${uid}`)
      const { dashboard } = (await answer.json()) as { dashboard: { title: string } }
      assert.equal(dashboard.title, title)
    }
  })

  const runs = await startRuns(stack)
  await t.test('which follows a run: new numbers come within a refresh', async () => {
    const page = await open('k6v-run-overview')
    const requests = () => textOf(page, 'Requests')
    const first = await eventually(requests, (text) => /\d/.test(text), 30_000)
    const begun = performance.now()
    await eventually(requests, (text) => text !== first, 2 * REFRESH_MS)
    t.diagnostic(`an update took ${Math.round(performance.now() - begun)} ms`)
  })
  const ended = await Promise.all(runs.map((run) => run.ended))
  const chosen = ended.map(({ verdict }) => `&var-testid=${verdict.run.id}`).join('')

  for (const { uid } of BOARDS) {
    await t.test(
      `${uid}: no panel fails, and none is empty that has something to show`,
      async () => {
        const page = await open(uid, chosen)
        await settled(page)
        await keep(t, uid, page)
        assert.deepEqual(await panelsWith(page, ERROR), [])
        assert.deepEqual((await panelsWith(page, EMPTY)).sort(), emptyPanels(uid).sort())
      },
    )
  }

  await t.test('in which a filter changes the numbers', async () => {
    const all = await requestsOf(await open('k6v-run-overview', chosen))
    const history = `${chosen}&var-endpoint=GET%20/v1/history`
    const some = await requestsOf(await open('k6v-run-overview', history))
    assert.ok(/\d/.test(some) && some !== all, `${some} of ${all}`)
  })
})

async function startRuns(stack: TestStack) {
  const { path: K6_BIN } = await realK6()
  const env = { K6_BIN, [FOLDER_VARIABLE]: stack.folder }
  const start = (args: string[]) => startStream([...args, ...SHORT], stack.prometheus, { env })
  return Promise.all([
    start(['geo-distributed', '--users', '25']),
    start(['api-mix', '--rate', '20']),
  ])
}

async function requestsOf(page: Page): Promise<string> {
  await settled(page)
  return textOf(page, 'Requests')
}

async function settled(page: Page): Promise<void> {
  const count = (selector: string) =>
    page.evaluate<number>(`document.querySelectorAll(${JSON.stringify(selector)}).length`)
  await eventually(
    () => count(`[data-testid^="${PANEL}"]`),
    (panels) => panels > 3,
    60_000,
  )
  // Panels begin to load one after the other.
  await sleep(2_000)
  await eventually(
    () => count(LOADING),
    (loading) => loading === 0,
    60_000,
  )
}

/** Text of a panel without its title. */
async function textOf(page: Page, title: string): Promise<string> {
  const selector = `[data-testid="${PANEL}${title}"]`
  const text = await page.evaluate<string>(
    `document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`,
  )
  return text.replace(title, '').trim()
}

/** Titles of the panels that hold such an element. */
function panelsWith(page: Page, selector: string): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((found) =>
    (found.closest('[data-testid^="${PANEL}"]')?.dataset.testid ?? '?').replace('${PANEL}', ''))`)
}

/** Panels of a board none of whose queries has a subject here. */
function emptyPanels(uid: string): string[] {
  const queries = panelQueries().filter(({ board }) => `k6v-${board}` === uid)
  const titles = [...new Set(queries.map(({ panel }) => panel))]
  return titles.filter(
    (title) =>
      // Its row is closed.
      !title.startsWith('Classic') &&
      queries.filter(({ panel }) => panel === title).every(({ name }) => name in WITHOUT_SUBJECT),
  )
}

async function keep(t: TestContext, uid: string, page: Page): Promise<void> {
  await mkdir(projectPath('artifacts'), { recursive: true })
  const picture = projectPath('artifacts', `${uid}.png`)
  await writeFile(picture, await page.screenshot())
  t.diagnostic(picture)
}
