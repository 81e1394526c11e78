import assert from 'node:assert/strict'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { fakeK6, fakeOldK6, writeProgram } from '../../tests/support/k6/fake-k6.ts'
import { isSupported, k6Version, parseK6Version } from './k6-version.ts'

for (const { stdout, expected } of [
  { stdout: '{"go_os":"linux","version":"v2.2.0"}', expected: 'v2.2.0' },
  { stdout: '{"version":"v2.3.0-rc1","extensions":[]}', expected: 'v2.3.0-rc1' },
  { stdout: 'k6 v0.49.0 (commit/aaa, go1.21.6, linux/amd64)', expected: 'v0.49.0' },
  { stdout: 'k6.exe v1.2.1 (go1.24, windows/amd64)\nExtensions:\n', expected: 'v1.2.1' },
  { stdout: '{"version":2}', expected: undefined },
  { stdout: 'null', expected: undefined },
  { stdout: 'hello', expected: undefined },
  { stdout: '', expected: undefined },
]) {
  test(`the version in ${JSON.stringify(stdout)} is ${expected}`, () => {
    assert.equal(parseK6Version(stdout), expected)
  })
}

for (const { version, expected } of [
  { version: 'v2.0.0', expected: true },
  { version: 'v2.10.3', expected: true },
  { version: 'v1.9.9', expected: false },
  { version: 'v3.0.0', expected: false },
  { version: 'v20.0.0', expected: false },
]) {
  test(`k6 ${version} is ${expected ? 'supported' : 'refused'}`, () => {
    assert.equal(isSupported(version), expected)
  })
}

test('k6 is asked in a scrubbed environment', async (t) => {
  const { bin, context } = await bareMachine(t)
  const script = '#!/bin/sh\necho "k6 v2.0.0$K6_VUS$HTTP_PROXY$TZ"'
  const path = await writeProgram(join(bin, 'k6'), script)
  const env = { ...context.env, K6_VUS: '5', HTTP_PROXY: 'http://proxy', TZ: 'Asia/Tokyo' }

  assert.deepEqual(await k6Version(path, { env }), { version: 'v2.0.0UTC' })
})

test('a k6 without --json is asked in plain text', async (t) => {
  const { bin, context } = await bareMachine(t)
  const path = await writeProgram(join(bin, 'k6'), fakeOldK6('v0.49.0'))

  assert.deepEqual(await k6Version(path, context), { version: 'v0.49.0' })
})

for (const { what, script, mode, problem } of [
  { what: 'fails', script: '#!/bin/sh\nexit 3', problem: '"k6 version" exited with 3' },
  { what: 'is not k6', script: '#!/bin/sh\necho hi', problem: "gave an answer that is not k6's" },
  {
    what: 'hangs',
    script: '#!/bin/sh\nexec sleep 60',
    problem: 'gave no answer to "k6 version" in time',
  },
  { what: 'is not executable', script: fakeK6(), mode: 0o644, problem: 'cannot be run (EACCES)' },
]) {
  test(`a program that ${what} is a problem, not an exception`, async (t) => {
    const { bin, context } = await bareMachine(t, { env: { PATH: process.env['PATH'] } })
    const path = await writeProgram(join(bin, 'k6'), script)
    if (mode !== undefined) await chmod(path, mode)

    const answer = await k6Version(path, { env: context.env, timeoutMs: 1_000 })
    assert.deepEqual(answer, { problem })
  })
}
