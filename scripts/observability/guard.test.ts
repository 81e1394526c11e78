import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { projectPath } from '../core/project.ts'
import { isRunning } from '../core/processes.ts'

const skip = process.platform === 'win32' ? 'needs sleep and touch' : false

test('who is killed leaves no process behind, and its last command is run', { skip }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-guard-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'taken-down')
  const start = projectPath('scripts', 'start.mjs')
  const guarded = 'tests/support/observability/guarded.ts'
  const child = spawn(process.execPath, [start, guarded, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  const pid = Number(chunk.toString())
  assert.ok(isRunning(pid) && !existsSync(file))

  child.kill('SIGKILL')
  const endMs = performance.now() + 20_000
  while ((isRunning(pid) || !existsSync(file)) && performance.now() < endMs) await sleep(50)
  assert.ok(existsSync(file), 'the command was not run')
  assert.ok(!isRunning(pid), 'the process is still there')
})
