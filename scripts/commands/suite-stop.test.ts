import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suiteStop } from './suite-stop.ts'

test('without signals a suite is not stopped from outside', async () => {
  await assert.rejects(suiteStop(undefined, 'win32'), { code: 'K6V_SUITE_STOP_UNSUPPORTED' })
})
