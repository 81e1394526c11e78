// Every row of mutation-table.ts with the real k6: a sound run is a PASS, and each change of it is not.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { readK6Log } from '../scripts/k6/k6-log.ts'
import { verdictText } from '../scripts/verdict/verdict.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'
import { startCli } from './start-cli.ts'
import { realK6 } from './k6.ts'
import { LOADS, SLAS } from './mutation-runs.ts'
import { EXIT_CODES, type Mutation, MUTATIONS } from './mutation-table.ts'
import { tamperedProcess } from './tampered-process.ts'

const WORKLOAD = 'tests/fixtures/tampered'

let k6: string
let folder: string

before(async () => {
  k6 = (await realK6()).path
  folder = await mkdtemp(join(tmpdir(), 'k6-verdict-mutations-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const needsTheMachine = ({ isBusy, mode, server }: Mutation): boolean =>
  isBusy === true || mode === 'spins' || server === 'busy'

// Most need next to no CPU, and wait for their load to end.
describe('every mutation has its verdict', { concurrency: 3 }, () => {
  for (const mutation of MUTATIONS.filter((each) => !needsTheMachine(each))) testOf(mutation)
})

describe('so has every mutation of the machine', () => {
  for (const mutation of MUTATIONS.filter(needsTheMachine)) testOf(mutation)
})

function testOf(mutation: Mutation): void {
  const { title, verdict, code } = mutation
  test(`${title}: ${verdict}`, async () => {
    const { result, file } = await runMutation(mutation)
    const codes = file.reasons.map((each) => each.code)
    const told = `${verdictText(file)} ${codes.join(' ')}\n${result.stdout}${result.stderr}`

    // Where the machine had no idle CPU, a FAIL is close, whatever was wrong besides.
    const isBusy = codes.includes('MACHINE_BUSY') && verdict === 'FAIL'
    assert.equal(isBusy ? file.verdict : verdictText(file), verdict, told)
    if (code === undefined) assert.deepEqual(codes, [], told)
    else assert.ok(codes.includes(code), told)
    assert.equal(result.exitCode, EXIT_CODES[verdict], told)
  })
}

async function runMutation(mutation: Mutation) {
  const { server: behaviour = 'sound', mode = 'sound', load = 'closed', sla = 'usual' } = mutation
  const server = await tamperedProcess(behaviour)
  const loops = mutation.isBusy ? busyLoops() : []
  try {
    const env = { K6_BIN: await k6With(mutation.script), MODE: mode, ...mutation.env }
    const slaArguments = ['--workload', WORKLOAD, '--sla', SLAS[sla]]
    const run = await startCli([...LOADS[load], ...slaArguments, '--target', server.url], { env })
    await freeze(mutation, { server: server.pid, results: run.results })
    const result = await run.ended
    const [runFolder = ''] = result.runs
    const text = readFileSync(join(runFolder, 'verdict.json'), 'utf8')
    return { result, file: JSON.parse(text) as VerdictFile }
  } finally {
    for (const loop of loops) loop.kill('SIGKILL')
    await server.close()
  }
}

// The toolkit hands its script to whatever K6_BIN names.
async function k6With(addition: string | undefined): Promise<string> {
  if (addition === undefined) return k6
  const path = join(folder, 'k6-with-addition')
  const lines = [
    '#!/usr/bin/env bash',
    'script="${@: -1}"',
    `if [ "$1" = run ]; then cat >> "$script" <<'END'`,
    addition,
    'END',
    'fi',
    `exec '${k6}' "$@"`,
  ]
  await writeFile(path, `${lines.join('\n')}\n`)
  await chmod(path, 0o755)
  return path
}

function busyLoops(): ChildProcess[] {
  return Array.from({ length: 4 * availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'const end = Date.now() + 60_000; while (Date.now() < end);']),
  )
}

async function freeze(
  { freeze: what }: Mutation,
  { server, results }: { server: number; results: string },
): Promise<void> {
  if (!what) return
  await loadHasBegun(results)
  await setTimeout(what.fromSeconds * 1_000)
  const pid = what.what === 'target' ? server : k6PidOf(results)
  process.kill(pid, 'SIGSTOP')
  await setTimeout(what.seconds * 1_000)
  process.kill(pid, 'SIGCONT')
}

const START_TIMEOUT_MS = 30_000

async function loadHasBegun(results: string): Promise<void> {
  for (const endMs = Date.now() + START_TIMEOUT_MS; Date.now() < endMs;) {
    const logs = readdirSync(results).map((name) => join(results, name, 'k6.log'))
    if (logs.some((log) => readK6Log(log).startedAtMs.length > 0)) return
    await setTimeout(50)
  }
  throw new Error('Expected the load to begin')
}

function k6PidOf(results: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const found = pids.find((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return words[1] === 'run' && words.some((word) => word.startsWith(results))
    } catch {
      return false
    }
  })
  if (found === undefined) throw new Error(`Expected a k6 that runs a script of ${results}`)
  return Number(found)
}
