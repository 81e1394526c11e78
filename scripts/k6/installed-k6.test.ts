import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { cachedK6Path } from './cache.ts'
import { findInstalledK6, findK6 } from './find-k6.ts'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { fakeK6, fakeOldK6, writeProgram } from '../../tests/support/k6/fake-k6.ts'

test('K6_BIN comes before everything else', async (t) => {
  const { bin, said, context } = await bareMachine(t)
  const path = await writeProgram(join(bin, '../mine/k6'), fakeK6('v2.3.1'))
  await writeProgram(join(bin, 'k6'), fakeK6())
  await writeProgram(cachedK6Path(context), fakeK6())

  const found = await findK6({ ...context, env: { ...context.env, K6_BIN: path } })
  assert.deepEqual(found, { path, version: 'v2.3.1', source: 'K6_BIN' })
  assert.deepEqual(said, [`using k6 v2.3.1 (K6_BIN): ${path}`])
})

test('a K6_BIN that is not there is an error', async (t) => {
  const { bin, context } = await bareMachine(t, {})
  await writeProgram(join(bin, 'k6'), fakeK6())

  const env = { ...context.env, K6_BIN: '/nowhere/k6' }
  await assert.rejects(findK6({ ...context, env }), {
    code: 'K6V_K6_BIN_UNUSABLE',
    exitCode: 2,
    message: 'Expected K6_BIN to be a k6 >= 2.0 and < 3, got /nowhere/k6: there is no such file',
  })
})

for (const { what, content, problem } of [
  {
    what: 'too old',
    content: fakeOldK6('v0.57.0'),
    problem: 'is v0.57.0, and this project needs >= 2.0 and < 3',
  },
  {
    what: 'too new',
    content: fakeK6('v3.0.0'),
    problem: 'is v3.0.0, and this project needs >= 2.0 and < 3',
  },
  { what: 'not a k6', content: '#!/bin/sh\necho hi', problem: "gave an answer that is not k6's" },
]) {
  test(`a K6_BIN that is ${what} is an error`, async (t) => {
    const { bin, context } = await bareMachine(t)
    const path = await writeProgram(join(bin, '../mine/k6'), content)

    await assert.rejects(findK6({ ...context, env: { ...context.env, K6_BIN: path } }), {
      code: 'K6V_K6_BIN_UNUSABLE',
      message: `Expected K6_BIN to be a k6 >= 2.0 and < 3, got ${path}: ${problem}`,
    })
  })
}

test('a K6_BIN that may not be executed is an error', async (t) => {
  const { bin, context } = await bareMachine(t)
  const folder = join(bin, '..')

  await assert.rejects(findK6({ ...context, env: { ...context.env, K6_BIN: folder } }), {
    message: /got .*: cannot be run \(EACCES\)$/,
  })
})

test('k6 on PATH comes before the cache', async (t) => {
  const { bin, context } = await bareMachine(t)
  const path = await writeProgram(join(bin, 'k6'), fakeK6('v2.0.0'))
  await writeProgram(cachedK6Path(context), fakeK6())

  assert.deepEqual(await findK6(context), { path, version: 'v2.0.0', source: 'PATH' })
})

test('an old k6 on PATH is said and passed over', async (t) => {
  const { bin, said, context } = await bareMachine(t)
  const old = await writeProgram(join(bin, 'k6'), fakeOldK6('v0.57.0'))
  const path = await writeProgram(cachedK6Path(context), fakeK6())

  assert.deepEqual(await findK6(context), { path, version: 'v2.2.0', source: 'cache' })
  assert.deepEqual(said, [
    `skipped PATH: ${old} is v0.57.0, and this project needs >= 2.0 and < 3`,
    `using k6 v2.2.0 (cache): ${path}`,
  ])
})

test('looking without installing tells why there is none, and creates nothing', async (t) => {
  const { bin, context } = await bareMachine(t)

  assert.deepEqual(await findInstalledK6(context), [
    'K6_BIN: K6_BIN is not set',
    'PATH: there is no k6 on PATH',
    `cache: there is no ${cachedK6Path(context)}`,
  ])
  assert.deepEqual(await readdir(dirname(bin)), ['bin'])
})
