// Whatever is killed, and whenever: nothing is left of the run, and what it has recorded can be judged.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectPath } from '../scripts/core/project.ts'
import { cli, cliArguments, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import {
  assertGone,
  commandOf,
  descendants,
  isAlive,
  isListening,
  listeningPorts,
} from './processes.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

const RUN = ['load', '--users', '2', '--duration', '6s', '--time-scale', '0.05']
const LONGEST_MS = 90_000

type Victim = 'the command' | 'k6' | 'the sandbox'
const VICTIMS: readonly Victim[] = ['the command', 'k6', 'the sandbox']

// Moments after the birth of the victim, spread over start, load, end and judging by a fixed multiplier.
const KILLS = Array.from({ length: 20 }, (_, index) => ({
  victim: VICTIMS[index % VICTIMS.length] ?? 'k6',
  momentMs: Math.round(((index * 0.618_034) % 1) * 9_000),
}))

describe('a killed run leaves nothing', { concurrency: 4 }, () => {
  for (const { victim, momentMs } of KILLS) {
    test(`${victim}, killed after ${momentMs} ms`, async () => {
      const { results, exitCode, wasAlive } = await killedRun(victim, momentMs)
      for (const name of await readdir(results)) await assertJudged(join(results, name))
      if (victim === 'k6' && wasAlive) assert.equal(exitCode, 91)
      if (victim === 'the sandbox') assert.notEqual(exitCode, undefined)
    })
  }
})

/** Starts a run, kills one of its processes, and sees that all others end, too. */
async function killedRun(victim: Victim, momentMs: number) {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  const child = spawn('node', cliArguments(RUN), {
    cwd: projectPath(),
    env: { ...process.env, K6_BIN, K6_VERDICT_RESULTS: results },
    stdio: 'ignore',
  })
  const command = child.pid ?? 0
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const found = await victimOf(command, victim)
  await sleep(momentMs)
  const pids = [command, ...descendants(command)]
  const ports = listeningPorts(pids)
  const wasAlive = found !== undefined && isAlive(found) && killed(found)
  const exitCode = await Promise.race([exited, sleep(LONGEST_MS, undefined, { ref: false })])
  await assertGone(pids)
  assert.deepEqual(ports.filter(isListening), [])
  return { results, exitCode, wasAlive }
}

/** False where it has ended just before. */
function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH')
    return false
  }
}

/** Its process id, as soon as it runs. Undefined when the command has ended before. */
async function victimOf(command: number, victim: Victim): Promise<number | undefined> {
  if (victim === 'the command') return command
  const part = victim === 'k6' ? `${K6_BIN} run` : 'sandbox/main.ts'
  for (;;) {
    const pids = descendants(command)
    const pid = pids.find((each) => commandOf(each).includes(part))
    if (pid !== undefined || commandOf(command) === '') return pid
    await sleep(50)
  }
}

/** A folder with a recording gets a verdict, by the run itself or by `judge`; one that was cut is no PASS. */
async function assertJudged(folder: string): Promise<void> {
  const recorded = ['samples.csv', 'samples.parquet'].some((name) => existsSync(join(folder, name)))
  if (!recorded || existsSync(join(folder, 'verdict.json'))) return
  const { exitCode, stderr } = await cli(['judge', folder])
  assert.ok([90, 91, 99].includes(exitCode ?? -1), `exit code ${exitCode}\n${stderr}`)
  assert.notEqual((await verdictOf(folder)).verdict, 'PASS')
}
