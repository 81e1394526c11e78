import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { writeProgram } from '../../tests/support/k6/fake-k6.ts'
import { installedBrowser } from './installed-browser.ts'

test('a browser is found on the PATH, in the order of k6', async (t) => {
  const { bin, context } = await bareMachine(t)
  assert.equal(await installedBrowser(context), undefined)

  await writeProgram(join(bin, 'google-chrome'), '')
  const chromium = await writeProgram(join(bin, 'chromium'), '')
  assert.equal(await installedBrowser(context), chromium)
})

test('on Windows it is found where its installer puts it for one user', async (t) => {
  const { bin } = await bareMachine(t)
  const path = join(bin, 'AppData', 'Local', 'Google', 'Chrome', 'Application', 'chrome.exe')
  await mkdir(dirname(path), { recursive: true })
  await writeProgram(path, '')

  const env = { PATH: bin, USERPROFILE: bin }
  assert.equal(await installedBrowser({ env, platform: 'win32' }), path)
  assert.equal(await installedBrowser({ env, platform: 'linux' }), undefined)
})
