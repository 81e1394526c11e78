import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Options } from 'k6/options'
import { inBrowser } from '../../lib/k6-scenarios.ts'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { writeProgram } from '../../tests/support/k6/fake-k6.ts'
import { browserVariables, drivesBrowser, requireBrowser } from './browser.ts'

const PLAIN: Options['scenarios'] = { all: { executor: 'per-vu-iterations', vus: 1 } }
const DRIVES = { scenarios: inBrowser(PLAIN) }

test('a scenario drives a browser when k6 is to start one for it', () => {
  assert.equal(drivesBrowser(DRIVES), true)
  assert.equal(drivesBrowser({ scenarios: PLAIN }), false)
  assert.equal(drivesBrowser({}), false)
})

test('without a browser nothing starts, and the error says how to install one', async (t) => {
  const { bin } = await bareMachine(t)
  await assert.rejects(
    requireBrowser(DRIVES, { PATH: bin }),
    (error: Error & { hint?: string }) => {
      assert.match(error.message, /^Expected Chromium or Chrome on the PATH .* the run is skipped$/)
      assert.match(error.hint ?? '', /apt-get install chromium/)
      return true
    },
  )
  await requireBrowser({ scenarios: PLAIN }, { PATH: bin })
})

test('a browser is found on the PATH, where it is named, or elsewhere', async (t) => {
  const { bin } = await bareMachine(t)
  const path = await writeProgram(join(bin, 'chromium'), '')
  await requireBrowser(DRIVES, { PATH: bin })
  await requireBrowser(DRIVES, { K6_BROWSER_EXECUTABLE_PATH: path })
  await requireBrowser(DRIVES, { K6_BROWSER_WS_URL: 'ws://127.0.0.1:9222' })
  await assert.rejects(
    requireBrowser(DRIVES, { PATH: bin, K6_BROWSER_EXECUTABLE_PATH: join(bin, 'none') }),
    /Expected an executable file at K6_BROWSER_EXECUTABLE_PATH .*, found ".*none"/,
  )
})

test('a user’s own arguments of the browser are kept', () => {
  const screenshots = '/run/screenshots'
  const own = { env: { K6_BROWSER_ARGS: 'lang=de' }, screenshots }
  assert.deepEqual(browserVariables(DRIVES, own), { K6V_SCREENSHOTS: screenshots })
  assert.deepEqual(browserVariables({ scenarios: PLAIN }, { env: {}, screenshots }), {})
})
