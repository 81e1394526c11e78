import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { machineBetween, parseProcStat, readMachine } from './generator-machine.ts'

// user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice; ticks.
const PROC_STAT = 'cpu  1000 200 300 4000 500 0 60 7 900 80\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 5\n'

test('waiting for a disk is idle, steal is busy, and a guest is not counted twice', () => {
  assert.deepEqual(parseProcStat(PROC_STAT), {
    busySeconds: 15.67,
    idleSeconds: 45,
    stealSeconds: 0.07,
    interruptSeconds: 0,
  })
})

test('a kernel that measures interrupts keeps them out of the time of processes', () => {
  const counters = parseProcStat(PROC_STAT.replace(' 0 60 7 ', ' 40 60 7 '))

  assert.equal(counters?.interruptSeconds, 1)
})

test('a system that counts nothing tells nothing', () => {
  for (const text of ['', 'cpu  0 0 0 0 0 0 0 0 0 0\n', 'cpu\n', 'intr 5']) {
    assert.equal(parseProcStat(text), undefined)
  }
})

test('what was used is the rise of each counter', () => {
  const before = { busySeconds: 10, idleSeconds: 20, stealSeconds: 1, interruptSeconds: 2 }
  const after = { busySeconds: 11, idleSeconds: 22, stealSeconds: 1.5, interruptSeconds: 2.25 }

  assert.deepEqual(machineBetween(before, after), {
    busySeconds: 1,
    idleSeconds: 2,
    stealSeconds: 0.5,
    interruptSeconds: 0.25,
  })
  assert.equal(machineBetween(before, before), undefined)
  assert.equal(machineBetween(undefined, after), undefined)
})

test('this machine counts, with steal where there is a /proc', () => {
  const machine = readMachine()

  assert.ok(machine && machine.busySeconds > 0)
  assert.equal(machine.stealSeconds !== undefined, existsSync('/proc/stat'))
})
