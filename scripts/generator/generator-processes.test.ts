import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  parseProcessStat,
  parseSchedstat,
  processesBetween,
  readK6Process,
  readProcesses,
} from './generator-processes.ts'

const AFTER_THE_NAME = 'S 1 2 3 0 -1 4194304 10 20 0 0 150 50 7000 8000 20 0 11 0 171 1 2'
const NO_PROC = process.platform !== 'linux' && 'only Linux has /proc/<pid>/stat'

for (const name of ['node', 'my (odd) name', ') R 9']) {
  test(`the time of a process named "${name}" is read, without that of its children`, () => {
    assert.equal(parseProcessStat(`42 (${name}) ${AFTER_THE_NAME}`), 2)
  })
}

test('a text that is no process has no time', () => {
  assert.equal(parseProcessStat(''), undefined)
  assert.equal(parseProcessStat('42 (node) S'), undefined)
})

test('this process always counts, and once', { skip: NO_PROC }, () => {
  assert.deepEqual([...(readProcesses([]) ?? [])].length, 1)
  assert.deepEqual([...(readProcesses([process.pid, process.pid])?.keys() ?? [])], [process.pid])
  assert.ok([...(readProcesses([process.ppid])?.keys() ?? [])].includes(process.ppid))
})

test('a process that is gone is left out', { skip: NO_PROC }, () => {
  const { pid } = spawnSync(process.execPath, ['--version'])

  assert.deepEqual([...(readProcesses([pid])?.keys() ?? [])], [process.pid])
})

test('the process of k6 has CPU time and memory until it is gone', { skip: NO_PROC }, () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  const alive = readK6Process(process.pid)

  assert.ok(alive && alive.cpuSeconds > 0)
  assert.ok(alive.memoryBytes !== undefined && alive.memoryBytes > 1_000_000)
  assert.equal(readK6Process(pid), undefined)
  assert.equal(readK6Process(undefined), undefined)
})

test('the wait of a thread is its nanoseconds in the run queue, and its turns', () => {
  assert.deepEqual(parseSchedstat('47348770 18148801 153\n'), { seconds: 0.018148801, turns: 153 })
  assert.equal(parseSchedstat(''), undefined)
  assert.equal(parseSchedstat('0 0'), undefined)
})

test('the wait of all threads is known, not only of the first', { skip: NO_PROC }, () => {
  const first = parseSchedstat(readFileSync('/proc/self/schedstat', 'utf8'))
  const all = readK6Process(process.pid)?.wait

  assert.ok(first && all && all.turns > first.turns)
})

test('only what was there before and after has a rise', () => {
  const before = new Map([
    [1, 10],
    [2, 20],
    [3, 30],
  ])
  const after = new Map([
    [1, 11],
    [3, 30.5],
    [4, 99],
  ])

  assert.equal(processesBetween(before, after), 1.5)
  assert.equal(processesBetween(before, undefined), undefined)
})
