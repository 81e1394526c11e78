import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { commandScaler } from './scaler.ts'

async function scaler(t: TestContext, scaleCommand: string) {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-scaler-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const { signal: stop } = new AbortController()
  const targets = { base: 'http://127.0.0.1:1', byRegion: {} }
  return commandScaler({ scaleCommand, scaleBack: 1, scaleTimeout: '1s', targets, stop, folder })
}

test('a command that takes too long is ended with all that it has started', async (t) => {
  const { scaleTo } = await scaler(t, 'sleep 60; echo {replicas}')
  const startMs = Date.now()
  await assert.rejects(
    scaleTo(2),
    /echo 2" to end with exit code 0, got none, as it was ended after 1 s/,
  )
  assert.ok(Date.now() - startMs < 20_000)
})

test('no password of a command is told', async (t) => {
  const { end } = await scaler(t, 'false http://me:hunter2@h/{replicas}')
  await assert.rejects(end(), (error: Error & { hint: string }) => {
    assert.doesNotMatch(error.message + error.hint, /hunter2/)
    assert.match(error.message, /The number of replicas was not set back/)
    return true
  })
})
