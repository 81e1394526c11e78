import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { listenOnLoopback } from '../../listen.ts'
import { openStream } from '../../../tests/support/sandbox/stream-client.ts'
import { openSandbox } from '../../../tests/support/sandbox/test-client.ts'

async function openChanges(test: TestContext) {
  const sandbox = await openSandbox(test, {}, { systems: ['value-canvas'] })
  const token = (await sandbox.login()).access_token
  const base = await listenOnLoopback(sandbox.app, 0)
  const write = (method: 'PUT' | 'PATCH', id: string) =>
    sandbox.ask(method, `/v1/canvases/${id}/state`, { token, payload: { state: { a: 1 } } })
  const follow = (id: string) => openStream(test, `${base}/v1/canvases/${id}/changes`, token)
  return { ...sandbox, token, write, follow }
}

test('who follows a canvas is told its version, and each write of it', async (t) => {
  const { write, follow } = await openChanges(t)
  await write('PUT', 'mine')
  await write('PUT', 'other')
  const { received } = await follow('mine')
  await received(1)
  await write('PATCH', 'mine')
  await write('PATCH', 'other')
  await write('PUT', 'mine')

  assert.deepEqual(await received(3), [
    { type: 'following', id: 'mine', version: 1 },
    { type: 'changed', id: 'mine', version: 2 },
    { type: 'changed', id: 'mine', version: 3 },
  ])
})

// Node gives events of these names a meaning: an "error" that nobody listens to is thrown.
for (const id of ['error', 'newListener']) {
  test(`a canvas may be called ${id}`, async (t) => {
    const { write, follow } = await openChanges(t)
    assert.equal((await write('PUT', id)).status, 200)
    await write('PUT', 'other')
    const { received } = await follow(id)
    await (await follow('other')).received(1)
    await write('PATCH', id)
    assert.deepEqual(await received(2), [
      { type: 'following', id, version: 1 },
      { type: 'changed', id, version: 2 },
    ])
  })
}

test('a canvas that nobody has written cannot be followed, nor without an upgrade', async (t) => {
  const { as, follow, token, write } = await openChanges(t)
  await assert.rejects(follow('none'), { message: 'Unexpected server response: 404' })
  await write('PUT', 'mine')
  const { status, json } = await as(token, '/v1/canvases/mine/changes')
  assert.deepEqual([status, json.error?.code], [426, 'upgrade_required'])
})
