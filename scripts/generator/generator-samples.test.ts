import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../core/free-port.ts'
import { K6_METRICS } from '../../tests/support/run/generator-example.ts'
import { readProcesses } from './generator-processes.ts'
import { watchGenerator } from '../../tests/support/run/watch-generator.ts'
import type { GeneratorSample } from './generator-sample.ts'

test('a watch begins before k6 and outlives it', async (t) => {
  const port = await freePort()
  const looks = createLooks()
  const watch = watchGenerator({ port, ownPids: looks.ownPids, intervalMs: 20 })
  await looks.more(2)
  const k6 = await startStandIn(t, port)
  await looks.more(4)
  k6.closeAllConnections()
  k6.close()
  await looks.more(4)

  const samples = watch.stop()
  assert.equal(samples[0]?.k6CpuCores, undefined)
  assert.ok(samples.some(({ k6CpuCores }) => k6CpuCores === 0))
  assert.equal(samples.at(-1)?.k6CpuCores, undefined)
})

test('a watch without k6 still sees the machine', async () => {
  const looks = createLooks()
  const port = await freePort()
  const watch = watchGenerator({ port, ownPids: looks.ownPids, intervalMs: 100 })
  await looks.more(3)

  const [sample] = watch.stop()
  assert.ok(sample && sample.spanMs > 0)
  assert.ok(sample.idleCpuCores !== undefined && sample.ownCpuCores !== undefined)
  assert.equal(sample.othersCpuCores, undefined)
})

test('a caller that fails to name its processes costs a figure, not the watch', async (t) => {
  const looks = createLooks()
  const ownPids = (): number[] => {
    looks.ownPids()
    throw new Error('no sandbox yet')
  }
  const port = portOf(await startStandIn(t))
  const watch = watchGenerator({ port, ownPids, intervalMs: 20 })
  await looks.more(3)

  const samples = watch.stop()
  assert.ok(samples.length > 0)
  assert.ok(samples.every(({ othersCpuCores }) => othersCpuCores === undefined))
})

test('a watch that was stopped looks no more', async (t) => {
  const looks = createLooks()
  const port = portOf(await startStandIn(t))
  const watch = watchGenerator({ port, ownPids: looks.ownPids, intervalMs: 10 })
  await looks.more(2)

  assert.deepEqual(watch.stop(), watch.stop())
})

const NO_PROC = process.platform !== 'linux' && 'only Linux tells the CPU time of a child'

test(
  "a busy child is another's CPU time unless it is named as ours",
  { skip: NO_PROC },
  async (t) => {
    const port = portOf(await startStandIn(t))
    const pid = await startBusyChild(t)
    const stranger = watchGenerator({ port, ownPids: () => [], intervalMs: 100 })
    const ours = watchGenerator({ port, ownPids: () => [pid], intervalMs: 100 })
    const usedSeconds = await waitForSeconds(pid, 1.5)

    // Whatever else runs here is in both, so it cancels out.
    const difference = othersSeconds(stranger.stop()) - othersSeconds(ours.stop())
    assert.ok(difference > usedSeconds / 2, `${difference} of ${usedSeconds} s`)
    assert.ok(difference < usedSeconds * 1.5, `${difference} of ${usedSeconds} s`)
  },
)

test('a k6 that does not answer is read from its process', { skip: NO_PROC }, async (t) => {
  const looks = createLooks()
  const { ownPids } = looks
  const port = await freePort()
  const k6 = await startBusyChild(t)
  const watch = watchGenerator({ port, ownPids, k6Pid: () => k6, intervalMs: 200 })
  await looks.more(4)

  const samples = watch.stop()
  assert.ok(samples.every(({ k6CpuCores }) => k6CpuCores !== undefined))
  assert.ok(samples.some(({ k6CpuCores = 0 }) => k6CpuCores > 0))
  assert.ok(samples.every(({ k6MemoryBytes = 0 }) => k6MemoryBytes > 0))
})

function othersSeconds(samples: GeneratorSample[]): number {
  return (
    samples.reduce((sum, { othersCpuCores = 0, spanMs }) => sum + othersCpuCores * spanMs, 0) /
    1_000
  )
}

/** Waits until a process has used some CPU time more than it has now. */
async function waitForSeconds(pid: number, seconds: number): Promise<number> {
  const used = (): number => readProcesses([pid])?.get(pid) ?? 0
  const start = used()
  while (used() - start < seconds) await delay(50)
  return used() - start
}

/** A process that keeps one CPU busy. */
async function startBusyChild(t: TestContext): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'while (true);'], { stdio: 'ignore' })
  t.after(() => child.kill('SIGKILL'))
  await once(child, 'spawn')
  return child.pid ?? 0
}

/** A toolkit without other processes, and a way to wait until a watch has asked it some times more. */
function createLooks() {
  const asked = new EventEmitter()
  return {
    ownPids: (): number[] => {
      asked.emit('look')
      return []
    },
    more: async (looks: number): Promise<void> => {
      // The watch does not keep this process alive, and nothing else may.
      const alive = setInterval(() => undefined, 1_000)
      for (let look = 0; look < looks; look += 1) await once(asked, 'look')
      clearInterval(alive)
    },
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** Answers as a k6 that uses no CPU. */
async function startStandIn(t: TestContext, onPort = 0) {
  const k6 = createServer((_, response) => response.end(K6_METRICS)).listen(onPort, '127.0.0.1')
  t.after(() => {
    k6.closeAllConnections()
    k6.close()
  })
  await once(k6, 'listening')
  return k6
}
