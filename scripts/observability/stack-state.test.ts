import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { stackFolder } from './stack-folder.ts'
import { removeStackState, runningStack, writeStackState } from './stack-state.ts'

test('what runs can be found, until it ends or its process is gone', async (t) => {
  const path = await mkdtemp(join(tmpdir(), 'k6v-state-'))
  t.after(() => rm(path, { recursive: true }))
  const env = { K6_VERDICT_OBSERVABILITY: path }
  const folder = stackFolder(env)
  assert.equal(runningStack(env), undefined)

  const url = 'http://127.0.0.1:9090'
  const state = { pid: process.pid, prometheus: url, alertmanager: url, scrapeHost: '127.0.0.1' }
  writeStackState(folder, state)
  assert.deepEqual(runningStack(env), state)
  writeStackState(folder, { ...state, pid: 2 ** 30 })
  assert.equal(runningStack(env), undefined)
  await writeFile(folder.state, '{"pid":')
  assert.equal(runningStack(env), undefined)
  removeStackState(folder)
  removeStackState(folder)
})

test('the folder is the one that was typed, else that of the environment, else .observability', () => {
  assert.match(stackFolder({}).path, /\.observability$/)
  assert.equal(stackFolder({ K6_VERDICT_OBSERVABILITY: '/a' }).path, '/a')
  assert.equal(stackFolder({ K6_VERDICT_OBSERVABILITY: '/a' }, '/b').path, '/b')
})
