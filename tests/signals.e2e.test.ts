// However a command ends, its load ends with it, and nothing that it started is left.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { access, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectPath } from '../scripts/core/project.ts'
import { cli, cliArguments, codesOf, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { assertGone, commandOf, descendants } from './processes.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const RUN = ['load', '--users', '3', '--duration', '300s', '--time-scale', '1']

/** A run under load, and the processes that it has started. */
async function runUnderLoad(args: string[] = [], k6 = K6_BIN) {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  const child = spawn('node', cliArguments([...RUN, ...args]), {
    cwd: projectPath(),
    env: { ...process.env, K6_BIN: k6, K6_VERDICT_RESULTS: results },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the run ended with exit code ${code}`)))
    child.stdout.on('data', (text: Buffer) => {
      if (/\d+ requests\/s/.test(text.toString())) resolve()
    })
  })
  const pid = child.pid ?? 0
  return { child, exited, results, pids: [pid, ...descendants(pid)] }
}

/** A run whose k6 takes seconds to read its script: meanwhile a signal would kill it. */
async function runThatStartsK6() {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  const slow = join(results, '..', `slow-k6-${process.pid}`)
  const wait = '[ "$1" = run ] && sleep 3'
  await writeFile(slow, `#!/bin/sh\n${wait}\nexec ${K6_BIN} "$@"\n`, { mode: 0o755 })
  const child = spawn('node', cliArguments(RUN), {
    cwd: projectPath(),
    env: { ...process.env, K6_BIN: slow, K6_VERDICT_RESULTS: results },
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const isK6 = (pid: number): boolean => commandOf(pid).includes(`${slow} run `)
  while (!descendants(child.pid ?? 0).some(isK6)) await sleep(20)
  return { child, exited, results, pids: descendants(child.pid ?? 0) }
}

for (const signal of ['SIGKILL', 'SIGQUIT'] as const) {
  for (const args of [[], ['--instances', '2']]) {
    test(`${signal} ends the load ${args.join(' ')}`, async () => {
      const { child, pids } = await runUnderLoad(args)
      assert.ok(pids.length >= 3, `${pids.length} processes`)
      child.kill(signal)
      await assertGone(pids)
    })
  }
}

// One that does, ends of the closed pipe that it prints into.
test('SIGKILL ends a k6 that prints nothing, and it writes its summary', async () => {
  const silent = join(await mkdtemp(join(tmpdir(), 'k6-silent-')), 'k6')
  const toNowhere = '[ "$1" = run ] && exec > /dev/null'
  await writeFile(silent, `#!/bin/sh\n${toNowhere}\nexec ${K6_BIN} "$@"\n`, { mode: 0o755 })
  const { child, pids, results } = await runUnderLoad([], silent)
  child.kill('SIGKILL')
  await assertGone(pids)
  const [run = ''] = await readdir(results)
  await access(join(results, run, 'summary.json'))
})

test('a terminal that is closed ends the run as Ctrl+C does', async () => {
  const { child, exited, results, pids } = await runUnderLoad()
  child.kill('SIGHUP')
  assert.equal(await exited, 105)
  await assertGone(pids)
  const [run = ''] = await readdir(results)
  assert.equal((await verdictOf(join(results, run))).reasons[0]?.code, 'STOPPED_BY_USER')
})

test('a reader that has seen enough ends the run as Ctrl+C does', async () => {
  const { child, exited, results, pids } = await runUnderLoad()
  child.stdout.destroy()
  assert.equal(await exited, 105)
  await assertGone(pids)
  const [run = ''] = await readdir(results)
  assert.equal((await verdictOf(join(results, run))).reasons[0]?.code, 'STOPPED_BY_USER')
})

test('Ctrl+C while k6 reads its script ends the run as any other does', async () => {
  const { child, exited, results, pids } = await runThatStartsK6()
  child.kill('SIGINT')
  assert.equal(await exited, 105)
  await assertGone(pids)
  const [run = ''] = await readdir(results)
  const codes = codesOf(await verdictOf(join(results, run)))
  assert.equal(codes[0], 'STOPPED_BY_USER')
  assert.ok(!codes.includes('K6_KILLED'), codes.join())
})

test('a stop rule that fires when the load is over lets k6 end by itself', async () => {
  const { stdout, runs } = await cli(['breakpoint', '--time-scale', '0.001'], { env: { K6_BIN } })
  // Whether the rule still fires depends on the machine: then the load has ended just before.
  const codes = codesOf(await verdictOf(runs[0]))
  assert.ok(!codes.includes('K6_KILLED') && !codes.includes('SUMMARY_MISSING'), stdout)
})
