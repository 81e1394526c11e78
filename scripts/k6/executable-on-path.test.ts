import assert from 'node:assert/strict'
import { chmod, mkdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { executableOnPath } from './executable-on-path.ts'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { writeProgram } from '../../tests/support/k6/fake-k6.ts'

test('the first file on PATH that may be executed is found', async (t) => {
  const { bin } = await bareMachine(t)
  const folders = ['missing', 'folder', 'plain', 'first', 'second'].map((name) => join(bin, name))
  await mkdir(join(bin, 'folder', 'k6'), { recursive: true })
  await chmod(await writeProgram(join(bin, 'plain', 'k6'), ''), 0o644)
  const first = await writeProgram(join(bin, 'first', 'k6'), '')
  await writeProgram(join(bin, 'second', 'k6'), '')

  const PATH = ['', '.', 'scripts', ...folders].join(delimiter)
  assert.equal(await executableOnPath('k6', { env: { PATH }, platform: 'linux' }), first)
})

test('on Windows the variable may be called Path, and programs end in .exe', async (t) => {
  const { bin } = await bareMachine(t)
  const path = await writeProgram(join(bin, 'k6.exe'), '')

  assert.equal(await executableOnPath('k6', { env: { Path: bin }, platform: 'win32' }), path)
})

test('without a PATH nothing is found', async () => {
  assert.equal(await executableOnPath('k6', { env: {}, platform: 'linux' }), undefined)
})
