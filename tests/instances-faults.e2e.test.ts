// What goes wrong with one k6 of several ends all of them in order, and says which one it was.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { runScriptOnInstances } from './instances-run.ts'
import { isAlive } from './processes.ts'

// setup() and teardown() say so in the log; an iteration says whose it is.
const SCRIPT = `
import { sleep } from 'k6'
import exec from 'k6/execution'
import { Counter } from 'k6/metrics'

const turns = new Counter('turns')
export const options = {
  scenarios: { load: { executor: 'constant-vus', vus: 5, duration: '__SECONDS__s' } },
}
export function setup() {
  console.info('SETUP')
  return { words: ['a', 'b'], number: 7 }
}
export default function (data) {
  if (exec.scenario.iterationInInstance === 0) {
    console.info('START ' + exec.scenario.startTime + ' ' + JSON.stringify(data))
  }
  turns.add(1, { user: String(exec.vu.idInTest), turn: String(exec.scenario.iterationInTest) })
  __MORE__
  sleep(0.05)
}
export function teardown(data) {
  console.info('TEARDOWN ' + JSON.stringify(data))
}
`

function script(seconds: number, more = ''): string {
  return SCRIPT.replace('__SECONDS__', String(seconds)).replace('__MORE__', more)
}

function count(logs: readonly string[], word: string): number {
  return logs.join('\n').match(new RegExp(`msg=\\"?${word}`, 'g'))?.length ?? 0
}

describe('several k6 as one test', { concurrency: 2 }, () => {
  test('setup() and teardown() run once, its data reaches all, and all begin together', async () => {
    const { end, pids, logs, csv, waits } = await runScriptOnInstances({
      count: 3,
      script: script(2),
    })

    assert.deepEqual(end.faults, [])
    assert.deepEqual(
      end.ends.map(({ outcome }) => outcome),
      // The signal that ended the linger has changed no exit code.
      Array(3).fill({ exitCode: 0, interruptedIterations: 0 }),
    )
    assert.deepEqual(end.outcome, { exitCode: 0, interruptedIterations: 0 })
    assert.equal(count(logs, 'SETUP'), 1)
    assert.equal(count(logs, 'TEARDOWN'), 1)
    const starts = logs.map((log) => /START (\d+) (.*?)" source/.exec(log))
    for (const start of starts) {
      assert.deepEqual(JSON.parse((start?.[2] ?? '').replaceAll('\\"', '"')), {
        words: ['a', 'b'],
        number: 7,
      })
    }
    const startsMs = starts.map((start) => Number(start?.[1]))
    assert.ok(Math.max(...startsMs) - Math.min(...startsMs) < 1_000, startsMs.join())
    assert.ok(!pids.some(isAlive))
    assert.ok(waits.includes('3 of 3 k6 ready'), waits.join())

    // k6 deals five users out to three instances, and no user and no iteration is there twice.
    const turns = csv.map((text) => [
      ...text.matchAll(/^turns,.*?(?:turn=(\d+)&user=(\d+)|user=(\d+)&turn=(\d+))/gm),
    ])
    const users = turns.map((all) => new Set(all.map(([, , user, other]) => user ?? other)))
    assert.deepEqual(
      users.map(({ size }) => size),
      [2, 2, 1],
    )
    assert.equal(new Set(users.flatMap((each) => [...each])).size, 5)
    const numbers = turns.flatMap((all) => all.map(([, turn, , , other]) => turn ?? other))
    assert.equal(new Set(numbers).size, numbers.length)
    assert.ok(numbers.length > 50, String(numbers.length))
  })

  test('a crossed threshold keeps its exit code, and is no fault', async () => {
    const crossed = "thresholds: { turns: ['count>1000'] }, scenarios:"
    const thresholds = script(1).replace('scenarios:', crossed)
    const { end } = await runScriptOnInstances({ count: 2, script: thresholds })

    assert.deepEqual(end.outcome, { exitCode: 99, interruptedIterations: 0 })
    assert.deepEqual(end.faults, [])
  })

  test('one that is killed ends the others, teardown included', async () => {
    const { end, pids, logs, csv } = await runScriptOnInstances({
      count: 3,
      script: script(30),
      onPids: (all) => {
        const [, second = 0] = all
        if (all.length === 3) setTimeout(() => process.kill(second, 'SIGKILL'), 3_000)
      },
    })

    assert.deepEqual(end.faults, ['instance 2: k6 was killed by a signal'])
    assert.equal(end.outcome.exitCode, undefined)
    assert.equal(count(logs, 'TEARDOWN'), 1)
    assert.ok(!pids.some(isAlive))
    assert.ok(end.ends.every(({ stoppedBy }) => stoppedBy === 'fault'))
    for (const text of csv) assert.match(text, /^turns,/m)
    assert.match(csv[0] ?? '', /\n$/)
  })

  test('one that hangs is found by its silence, and ended', async () => {
    const { end, pids, logs } = await runScriptOnInstances({
      count: 2,
      script: script(40),
      onPids: (all) => {
        const [first = 0] = all
        if (all.length === 2) setTimeout(() => process.kill(first, 'SIGSTOP'), 3_000)
      },
      change: () => ({ silentMs: 5_000 }),
    })

    assert.deepEqual(end.faults, ['instance 1: k6 gave no sign of life for 5 s'])
    assert.ok(!pids.some(isAlive))
    // The one that ran setup() is the one that hangs: another one tears down.
    assert.equal(count(logs, 'TEARDOWN'), 1)
  })

  test('a port that is taken ends all before the first iteration', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => squatter.once('listening', resolve))
    const { port } = squatter.address() as AddressInfo
    const { end, pids, csv, logs } = await runScriptOnInstances({
      count: 2,
      script: script(10),
      change: ({ processes }) => ({
        processes: processes.map((each, index) =>
          index === 1
            ? {
                ...each,
                port,
                args: each.args.map((arg) =>
                  arg.replace(/^127\.0\.0\.1:\d+$/, `127.0.0.1:${port}`),
                ),
              }
            : each,
        ),
      }),
    })
    squatter.close()

    assert.match(end.faults[0] ?? '', /^instance 2: /)
    assert.equal(end.ends[1]?.outcome.exitCode, 106, JSON.stringify(end))
    assert.ok(!pids.some(isAlive))
    assert.doesNotMatch(csv.join(), /^turns,/m)
    assert.equal(count(logs, 'SETUP'), 0)
  })

  test('a binary that does not start is said', async () => {
    const { end, pids } = await runScriptOnInstances({
      count: 2,
      script: script(10),
      change: () => ({ k6: '/nowhere/k6' }),
    })

    assert.match(end.faults[0] ?? '', /^instance [12]: it did not start: .*ENOENT/)
    assert.deepEqual(pids, [])
  })

  test('a setup() that throws ends all with its own exit code', async () => {
    const throwing = script(10).replace("console.info('SETUP')", "throw new Error('no log-in')")
    const { end, pids, csv } = await runScriptOnInstances({ count: 2, script: throwing })

    assert.match(end.faults[0] ?? '', /^instance 1: setup\(\) failed: .*no log-in/)
    assert.equal(end.outcome.exitCode, 107)
    assert.ok(!pids.some(isAlive))
    assert.doesNotMatch(csv.join(), /^turns,/m)
  })

  test('a script that ends its own test ends all', async () => {
    const aborting = script(
      20,
      "if (exec.scenario.iterationInTest === 40) exec.test.abort('enough')",
    )
    const { end, pids } = await runScriptOnInstances({ count: 2, script: aborting })

    assert.equal(end.faults.length, 1)
    assert.match(end.faults[0] ?? '', /^instance [12]: k6 ended its test early/)
    assert.ok(!pids.some(isAlive))
  })

  test('the user stops all of them, teardown included', async () => {
    const stop = new AbortController()
    const { end, pids, logs } = await runScriptOnInstances({
      count: 2,
      script: script(30),
      onPids: (all) => {
        if (all.length === 2) setTimeout(() => stop.abort(), 3_000)
      },
      change: () => ({ stop: stop.signal }),
    })

    assert.deepEqual([end.outcome.exitCode, end.outcome.stoppedBy], [105, 'user'])
    assert.deepEqual(end.faults, [])
    assert.equal(count(logs, 'TEARDOWN'), 1)
    assert.ok(!pids.some(isAlive))
  })

  test('the user stops while one is waited for: nothing has begun', async () => {
    const stop = new AbortController()
    const { end, pids, csv } = await runScriptOnInstances({
      count: 2,
      script: script(30),
      change: () => ({
        stop: stop.signal,
        startAtMs: Date.now() + 60_000,
        onWait: (what) => {
          if (what?.startsWith('start in')) setTimeout(() => stop.abort(), 500)
        },
      }),
    })

    assert.deepEqual([end.outcome.exitCode, end.outcome.stoppedBy], [105, 'user'])
    assert.ok(!pids.some(isAlive))
    assert.doesNotMatch(csv.join(), /^turns,/m)
  })
})
