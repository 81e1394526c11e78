import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertGone, isAlive } from '../../../tests/processes.ts'
import { runShellCommand } from './shell-command.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'k6v-shell-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const { signal } = new AbortController()

function run(command: string, { timeoutSeconds = 30, log = 'a.log' } = {}) {
  return runShellCommand({ command, log: join(folder, log), folder, signal, timeoutSeconds })
}

test('a command says its exit code and its last lines, without secrets', async () => {
  const { exitCode, lastLines, trouble } = await run('echo http://me:hunter2@h/x; exit 3')
  assert.deepEqual([exitCode, trouble], [3, undefined])
  assert.doesNotMatch(lastLines.join(), /hunter2/)
  assert.doesNotMatch(await readFile(join(folder, 'a.log'), 'utf8'), /hunter2/)
})

test('a command that takes too long takes with it all that it has started', async () => {
  const stubborn = "(trap '' TERM; sleep 60) & echo $!; wait"
  const { trouble, lastLines } = await run(stubborn, { timeoutSeconds: 0.3 })
  assert.equal(trouble, 'was ended after 0.3 s')
  await assertGone([Number(lastLines[0])])
})

test('what a command leaves in the background goes on', async () => {
  const { exitCode, lastLines } = await run('sleep 60 & echo $!')
  const pid = Number(lastLines[0])
  assert.equal(exitCode, 0)
  assert.equal(isAlive(pid), true)
  process.kill(pid)
})

test('a command whose output cannot be kept is not run, and says so', async () => {
  const { trouble, exitCode } = await run('true', { log: 'no/such/folder.log' })
  assert.match(trouble ?? '', /^could not be started: ENOENT/)
  assert.equal(exitCode, undefined)
})
