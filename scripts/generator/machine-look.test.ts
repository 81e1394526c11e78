import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { test } from 'node:test'
import { busyText, lookAtMachine } from './machine-look.ts'
import { readProcesses } from './generator-processes.ts'

test('a look tells the CPUs, and lasts at least as long as it takes', async () => {
  const begin = performance.now()
  const use = await lookAtMachine(200).end()

  assert.ok(performance.now() - begin >= 200)
  assert.ok(use && Math.abs(use.cpus - availableParallelism()) <= 1)
})

const NO_PROC = process.platform !== 'linux' && 'only Linux tells the CPU time of children'

test('a busy child of this process is no stranger', { skip: NO_PROC }, async (t) => {
  const child = spawn(process.execPath, ['-e', 'while (true);'], { stdio: 'ignore' })
  t.after(() => child.kill('SIGKILL'))
  await once(child, 'spawn')
  const used = (): number => readProcesses([child.pid ?? 0])?.get(child.pid ?? 0) ?? 0
  const [begin, usedBefore] = [performance.now(), used()]
  const use = await lookAtMachine(1_000).end()
  const childCores = (used() - usedBefore) / ((performance.now() - begin) / 1_000)
  const notOthers = (use?.cpus ?? 0) - (use?.othersCpu ?? 0)

  // The rest of the machine may be anybody's, but not what the child got.
  assert.ok(childCores > 0 && notOthers > childCores - 0.1, `${notOthers} of ${childCores}`)
})

test('a machine is busy when others have a quarter of it', () => {
  assert.equal(busyText({ cpus: 2, othersCpu: 0.49 }), undefined)
  assert.equal(busyText({ cpus: 2, othersCpu: 1.86 }), 'other processes use 1.9 of 2 CPUs')
  assert.equal(busyText(undefined), undefined)
})
