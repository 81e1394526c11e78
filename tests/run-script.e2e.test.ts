// Scripts that know nothing of this toolkit do under `run` what they do under plain k6.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { cliArguments } from './cli.ts'
import { realK6 } from './k6.ts'
import { outcomeOf, type ScriptOutcome } from './script-outcome.ts'
import { type ScriptServer, scriptServer } from './script-server.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'

let k6: string
let server: ScriptServer

before(async () => {
  k6 = (await realK6()).path
  server = await scriptServer()
})
after(() => server.close())

interface Case {
  script: string
  /** k6's own. */
  exitCode?: number
  /** Of the command, where it says more than k6. */
  ourExitCode?: number
  verdict?: string
  /** Its numbers depend on the time. */
  isTimed?: boolean
}

const CASES: Case[] = [
  { script: 'constant-vus.js', isTimed: true },
  { script: 'ramping-vus.js', isTimed: true },
  { script: 'arrival-rate.js', isTimed: true },
  { script: 'ramping-arrival-rate.js', isTimed: true },
  { script: 'shared-iterations.js' },
  { script: 'per-vu-iterations.js' },
  { script: 'several-scenarios.js', isTimed: true },
  { script: 'shared-array.js', verdict: 'NO_OBJECTIVES' },
  { script: 'groups-and-tags.js' },
  { script: 'batch.js', verdict: 'NO_OBJECTIVES' },
  { script: 'cookies.js', verdict: 'NO_OBJECTIVES' },
  { script: 'redirects.js', verdict: 'NO_OBJECTIVES' },
  { script: 'websockets.js' },
  { script: 'grpc.js' },
  { script: 'setup-and-teardown.js' },
  { script: 'handle-summary.js', verdict: 'NO_OBJECTIVES' },
  { script: 'options-file.js' },
  { script: 'new-in-init.js' },
  { script: 'top-level-await.js', verdict: 'NO_OBJECTIVES' },
  { script: 'typed.ts', verdict: 'NO_OBJECTIVES' },
  { script: 'from-environment.js', verdict: 'NO_OBJECTIVES' },
  { script: 'no-thresholds.js', verdict: 'NO_OBJECTIVES' },
  { script: 'thresholds-crossed.js', exitCode: 99, verdict: 'FAIL' },
  { script: 'abort-on-fail.js', exitCode: 99, verdict: 'FAIL', isTimed: true },
  { script: 'abort.js', exitCode: 108, verdict: 'INVALID' },
  { script: 'fail-test.js', exitCode: 110, verdict: 'FAIL' },
  { script: 'throws-in-setup.js', exitCode: 107, verdict: 'INVALID' },
  // Plain k6 says nothing of iterations that threw, and passes thresholds that have seen nothing.
  { script: 'throws-in-part.js' },
  { script: 'throws-in-scenario.js', ourExitCode: 91, verdict: 'INVALID' },
  { script: 'thresholds-unseen.js', ourExitCode: 90, verdict: 'NO_DATA' },
  { script: 'throws-in-iteration.js', ourExitCode: 91, verdict: 'INVALID' },
]

interface Ran {
  outcome: ScriptOutcome
  stdout: string
  stderr: string
  folder: string
}

async function run(command: string[], script: string): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-script-'))
  const files = { json: join(folder, 'points.json'), summary: join(folder, 'summary.json') }
  const [program = '', ...args] = command
  const flags = ['--out', `json=${files.json}`, `--summary-export=${files.summary}`]
  const given = ['-e', `TARGET=${server.url}`, '-e', `GRPC=${server.grpc}`]
  const { exitCode, stdout, stderr } = await execa(
    program,
    [...args, ...flags, ...given, projectPath('tests', 'scripts', script)],
    {
      cwd: folder,
      env: {
        ...{ API_KEY: 'planted-key', K6_NO_USAGE_REPORT: 'true', NO_COLOR: '1', K6_BIN: k6 },
        K6_VERDICT_RESULTS: join(folder, 'results'),
      },
      ...{ reject: false, stdin: 'ignore', timeout: 60_000 },
    },
  )
  return { outcome: await outcomeOf(exitCode, files), stdout, stderr, folder }
}

const ours = (): string[] => ['node', ...cliArguments(['run'])]

async function verdictIn({ folder }: Ran): Promise<VerdictFile> {
  const { stdout } = await execa('ls', [join(folder, 'results')])
  const path = join(folder, 'results', stdout.trim(), 'verdict.json')
  return JSON.parse(await readFile(path, 'utf8')) as VerdictFile
}

describe('the same as plain k6', { concurrency: 2 }, () => {
  for (const { script, exitCode = 0, ourExitCode = exitCode, verdict = 'PASS', isTimed } of CASES) {
    test(script, async () => {
      const [plain, judged] = await Promise.all([run([k6, 'run'], script), run(ours(), script)])
      const said = `${judged.stdout}\n${judged.stderr}`
      assert.equal(plain.outcome.exitCode, exitCode, plain.stderr)
      const file = await verdictIn(judged)
      assert.equal(file.verdict, verdict, said)
      assert.equal(judged.outcome.exitCode, ourExitCode, said)
      const did = { ...plain.outcome, exitCode: undefined }
      const does = { ...judged.outcome, exitCode: undefined }
      if (isTimed) assertAlike(does, did)
      else assert.deepEqual(does, did)
    })
  }
})

function assertAlike(does: ScriptOutcome, did: ScriptOutcome): void {
  const near = Math.max(4, 0.4 * did.iterations)
  assert.ok(Math.abs(does.iterations - did.iterations) <= near, `${does.iterations} iterations`)
  assert.deepEqual(Object.keys(does.requests).sort(), Object.keys(did.requests).sort())
  assert.deepEqual(does.crossed, did.crossed)
}

for (const [script, exitCode] of [
  ['throws-in-init.js', 107],
  ['unknown-metric.js', 104],
] as const) {
  test(`${script} is refused with k6's own exit code`, async () => {
    const [plain, judged] = await Promise.all([run([k6, 'run'], script), run(ours(), script)])
    assert.equal(plain.outcome.exitCode, exitCode)
    assert.equal(judged.outcome.exitCode, exitCode)
    assert.match(judged.stderr, /^error K6V_SCRIPT_REFUSED: k6 cannot run/)
  })
}
