// Every row of hostile-table.ts with the real k6: its verdict, in time, in bounded memory, and nothing in the terminal
// that would move its cursor.
import assert from 'node:assert/strict'
import { platform } from 'node:os'
import { before, describe, test } from 'node:test'
import { cli, codesOf, retryIfStarved, verdictOf } from './cli.ts'
import { hostileServer } from './hostile-server.ts'
import type { HostileTarget } from './hostile-answers.ts'
import { HOSTILE_TARGETS, UNREACHABLE } from './hostile-table.ts'
import { EXIT_CODES } from './mutation-table.ts'
import { realK6 } from './k6.ts'

const FOLDER = 'tests/fixtures/hostile'
const LOAD = ['sustained', '--users', '3', '--duration', '3s', '--time-scale', '0.01']

/** Of the whole command: its start, 3 s of load, the last requests, the report, on a busy machine. */
const TIMEOUT_MS = 40_000

const MEMORY_MAX = 400e6

/** What moves a cursor, starts an escape sequence, or turns a line around. */
const UNPRINTABLE = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/u

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

describe('a target that means no good', { concurrency: 3 }, () => {
  for (const target of HOSTILE_TARGETS)
    test(`${target.title}: ${target.verdict ?? 'FAIL'}`, () => hold(target))
})

describe('a target that is no good from the start gets no load', { concurrency: 3 }, () => {
  for (const { title, isTls, ...rest } of UNREACHABLE) {
    test(`${title}: exit code 1`, async () => {
      const server = await hostileServer({ ...rest, fromTheStart: true })
      const url = isTls ? server.url.replace('http:', 'https:') : server.url
      const options = { env: { K6_BIN }, timeoutMs: TIMEOUT_MS }
      const { exitCode, stderr, runs } = await cli([...LOAD, '--target', url], options)
      await server.close()
      assert.equal(exitCode, 1, stderr)
      assert.match(stderr, /^error K6V_TARGET_UNREACHABLE: Expected an answer from /)
      assert.deepEqual(runs, [])
    })
  }
})

async function hold(target: HostileTarget): Promise<void> {
  const { args = [], verdict = 'FAIL', code, memoryMax = MEMORY_MAX } = target
  const server = await hostileServer(target)
  try {
    const of = ['--workload', FOLDER, '--sla', `${FOLDER}/sla.json`, '--target', server.url]
    const options = { env: { K6_BIN }, timeoutMs: TIMEOUT_MS }
    const run = () => cli([...LOAD, ...of, ...args], options)
    const { exitCode, stdout, stderr, runs } = await retryIfStarved(target.title, run)
    const told = stdout + stderr
    assert.equal(exitCode, EXIT_CODES[verdict], told)
    assert.doesNotMatch(told, UNPRINTABLE)
    assert.doesNotMatch(told, /^ {4}at /m)

    const file = await verdictOf(runs[0])
    assert.equal(file.verdict, verdict, told)
    if (verdict !== 'PASS') assert.ok(codesOf(file).includes(code ?? 'LIMIT_MISSED'), told)
    // A run that is ended within its first second has no figures of it but those of its reason.
    const ended = file.reasons.find((reason) => reason.code === 'GENERATOR_MEMORY_ENDED')
    const peakBytes = file.generator.k6MemoryBytes?.peak ?? ended?.data['k6Bytes']
    if (platform() === 'linux') assert.equal(typeof peakBytes, 'number')
    assert.ok(Number(peakBytes ?? 0) < memoryMax, `${String(peakBytes)} bytes`)
  } finally {
    await server.close()
  }
}
