// The HTML report in the real Chromium: nobody's text runs, everybody can read it.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { projectPath } from '../scripts/core/project.ts'
import { executableOnPath } from '../scripts/k6/executable-on-path.ts'
import { openPage } from './support/report-html/browser-page.ts'
import { type BrowserPipe, startBrowser } from './support/report-html/browser-pipe.ts'
import { exampleVerdictFile } from './support/report-html/example-verdict-file.ts'
import { renderHtml } from '../scripts/report/html/render-html.ts'
import type { Reason } from '../scripts/reasons/reasons.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'

const ATTACK = `"'><script>attacked=1</script><img src=x onerror="attacked=2"><svg onload="attacked=3">`

const { env, platform } = process
const chromium = await executableOnPath('chromium', { env, platform })
// Skipping is a convenience on a laptop; in CI it would hide that nobody has looked at the report.
if (chromium === undefined && env['CI']) {
  throw new Error('Expected chromium on the PATH, found none: apt-get install chromium')
}

describe('the HTML report', { skip: chromium === undefined && 'no chromium on the PATH' }, () => {
  let folder = ''
  let url = ''
  let browser: BrowserPipe

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'k6-verdict-report-'))
    const path = join(folder, 'report.html')
    await writeFile(path, renderHtml(attackedFile()))
    url = pathToFileURL(path).href
    browser = await startBrowser(chromium ?? '')
  })

  after(async () => {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`has no fault that axe calls serious, in ${theme}`, async (t) => {
      const page = await openPage(browser, url, { theme })
      // Kept for whoever looks at what CI saw.
      const picture = projectPath('artifacts', `report-${theme}.png`)
      await mkdir(projectPath('artifacts'), { recursive: true })
      await writeFile(picture, await page.screenshot())
      t.diagnostic(picture)
      const axe = await readFile(
        createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
        'utf8',
      )
      await page.evaluate(`${axe}; undefined`)
      await page.evaluate(
        `document.querySelectorAll('details').forEach((part) => (part.open = true))`,
      )
      const found = await page.evaluate<Violation[]>(`axe.run().then(({ violations }) => violations
        .map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html) })))`)
      assert.deepEqual(
        found.filter(({ impact }) => impact === 'serious' || impact === 'critical'),
        [],
      )
    })
  }

  test('runs only its own script, and asks for nothing', async () => {
    const page = await openPage(browser, url)
    assert.equal(await page.evaluate('typeof attacked'), 'undefined')
    assert.equal(await page.evaluate('document.querySelectorAll("img, svg[onload]").length'), 0)
    assert.deepEqual(page.complaints, [])
    assert.deepEqual(page.requests, [url])
  })

  test('refuses to run a script that somebody has put into it', async () => {
    const path = join(folder, 'tampered.html')
    await writeFile(
      path,
      renderHtml(attackedFile()).replace('</main>', '<script>attacked=1</script>$&'),
    )
    const page = await openPage(browser, pathToFileURL(path).href)
    assert.equal(await page.evaluate('typeof attacked'), 'undefined')
    assert.match(page.complaints.join(), /Content Security Policy/)
  })

  test('draws charts whose cursor the arrow keys move', async () => {
    const page = await openPage(browser, url)
    assert.equal(await page.evaluate('document.querySelectorAll(".live canvas").length'), 5)
    const read = await page.evaluate<string>(`(async () => {
      const chart = document.querySelector('[data-panel=latency] .live')
      chart.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }))
      chart.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }))
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      return chart.querySelector('.u-legend').innerText.replaceAll(/\\s+/g, ' ')
    })()`)
    assert.match(read, /^time0:01p5021\.1 msp9594\.4 msp99147 ms$/)
  })

  test('finds an endpoint by a part of its name', async () => {
    const page = await openPage(browser, url)
    const shown = await page.evaluate<string[]>(`(() => {
      const field = document.querySelector('input[type=search]')
      field.value = 'get ITEMS/1'
      field.dispatchEvent(new Event('input'))
      const rows = [...document.querySelectorAll('[data-searchable] tbody tr')]
      return rows.filter((row) => row.checkVisibility()).map((row) => row.cells[0].innerText)
    })()`)
    assert.deepEqual(shown, ['GET /v1/items/1'])
  })

  test('fits a narrow screen', async () => {
    const page = await openPage(browser, url, { width: 360, height: 740 })
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360)
  })

  test('can be read without JavaScript', async () => {
    const page = await openPage(browser, url, { javaScript: false })
    const text = await page.evaluate<string>('document.body.innerText')
    for (const words of ['PASS (close)', 'latency-p95', '95 ms', 'GET /v1/items/1', '16:00:20']) {
      assert.ok(text.includes(words), words)
    }
    assert.equal(await page.evaluate(visible('.static')), 8)
    assert.equal(await page.evaluate(visible('.search')), 0)
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`prints all of it on white paper, from a ${theme} screen`, async () => {
      const page = await openPage(browser, url, { theme })
      const sections = await page.evaluate<string[]>(
        '[...document.querySelectorAll("h2")].map(({ textContent }) => textContent)',
      )
      assert.equal(sections.length, 12)
      const pdf = (await page.pdf()).toString('latin1')
      for (const title of sections) assert.ok(pdf.includes(`/Title (${title})`), title)

      await page.showAsPrinted()
      assert.equal(
        await page.evaluate('getComputedStyle(document.body).backgroundColor'),
        'rgb(255, 255, 255)',
      )
      assert.equal(await page.evaluate(visible('.static')), 8)
      assert.equal(await page.evaluate(visible('.live')), 0)
      assert.equal(await page.evaluate(visible('#objective-1 pre')), 1)
    })
  }
})

/** Expression for how many of these elements can be seen. */
function visible(selector: string): string {
  return `[...document.querySelectorAll('${selector}')].filter((each) => each.checkVisibility()).length`
}

interface Violation {
  id: string
  impact: string
  nodes: string[]
}

function attackedFile(): VerdictFile {
  const file = exampleVerdictFile()
  const [first, ...others] = file.endpoints
  assert.ok(first)
  const reason: Reason = { code: 'NO_SAMPLES', text: ATTACK, data: {} }
  return {
    ...file,
    run: { ...file.run, id: ATTACK, scenario: ATTACK },
    reasons: [...file.reasons, reason],
    errors: [...file.errors, ATTACK],
    endpoints: [{ ...first, endpoint: ATTACK }, ...others],
  }
}
