// A k6 script of the user's own in Grafana Cloud k6: what is uploaded of it, and what the verdict makes of the answer.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { codesOf, readManifest, verdictOf } from './cli.ts'
import { filesWith, openStub } from './cloud-run.ts'
import { type CloudStub, TOKEN } from './cloud-stub.ts'
import { realK6 } from './k6.ts'
import { type OwnScriptRun, runOwn } from './own-script.ts'
import { type ScriptServer, scriptServer } from './script-server.ts'

let server: ScriptServer
let K6_BIN: string

before(async () => {
  server = await scriptServer()
  K6_BIN = (await realK6()).path
})
after(() => server.close())

const script = (name: string): string => projectPath('tests', 'scripts', name)

const given = (): string[] => ['-e', `TARGET=${server.url}`, '-e', 'TOKEN=planted-secret']

function inCloud(
  stub: CloudStub,
  words: string[],
  env: Record<string, string> = {},
): Promise<OwnScriptRun> {
  return runOwn(['--cloud', ...words, ...given()], { env: { K6_BIN, ...stub.env, ...env } })
}

interface Validated {
  options: { cloud: { name: string; projectID: number }; thresholds: object; vus: number }
}

test('the archive is uploaded as it is, with its variables, and passed is a close PASS', async (t) => {
  const stub = await openStub(t)
  const env = { OTHER_SECRET: 'mine-9914', AUTH_PASSWORD: 'mine-7712' }
  const result = await inCloud(stub, [script('shared-iterations.js')], env)
  assert.equal(result.exitCode, 0, result.stdout + result.stderr)
  const { options } = JSON.parse(stub.bodies[0] ?? '{}') as Validated
  assert.equal(options.cloud.projectID, 1)
  assert.equal(options.cloud.name, script('shared-iterations.js'))
  assert.ok('my_count' in options.thresholds)
  const archive = String(stub.archives[0])
  assert.match(archive, /new Counter\('my_count'\)/)
  assert.match(archive, /"TOKEN": ?"planted-secret"/)
  assert.ok(!archive.includes('mine-'), 'nothing else of the environment')

  const file = await verdictOf(result.runs[0])
  assert.deepEqual([file.verdict, file.isClose], ['PASS', true])
  assert.deepEqual(codesOf(file), ['CLOUD_SAMPLES_UNKNOWN'])
  assert.ok(file.objectives.every(({ verdict }) => verdict === 'PASS'))
  assert.deepEqual(await filesWith(TOKEN, result.runs), [])
  assert.deepEqual(await filesWith('planted-secret', result.runs), [])
  assert.equal((await readManifest(result.runs[0] ?? '')).script?.isEdited, undefined)
})

test('failed is FAIL, and without thresholds a run that passed has no objectives', async (t) => {
  const states = [
    { status: 'completed', result: 'failed', message: 'my_count was crossed' } as const,
  ]
  const failed = await inCloud(await openStub(t, { states }), [script('shared-iterations.js')])
  assert.equal(failed.exitCode, 99, failed.stdout)
  assert.deepEqual(codesOf(await verdictOf(failed.runs[0])), ['CLOUD_FAILED'])

  const passed = await inCloud(await openStub(t), [script('no-thresholds.js')])
  assert.equal(passed.exitCode, 0, passed.stdout + passed.stderr)
  assert.equal((await verdictOf(passed.runs[0])).verdict, 'NO_OBJECTIVES')
})

test('another load, and the project and name that a script has of its own', async (t) => {
  const stub = await openStub(t)
  const { folder } = await runOwn([], {})
  const own = `export const options = {
    vus: 4, duration: '20s', cloud: { name: 'my shop', projectID: 1, stackID: 7 },
  }
  export default function () {}`
  await writeFile(join(folder, 'shop.js'), own)
  const env = { K6_BIN, ...stub.env, K6_CLOUD_STACK_ID: '', K6_CLOUD_PROJECT_ID: '' }
  const words = ['--cloud', '--users', '2', 'shop.js']
  const { exitCode, stdout, stderr } = await runOwn(words, { env, folder })
  assert.equal(exitCode, 0, stdout + stderr)
  const { options } = JSON.parse(stub.bodies[0] ?? '{}') as {
    options: { cloud: { name: string }; scenarios: { default: { vus: number } } }
  }
  assert.deepEqual([options.cloud.name, options.scenarios.default.vus], ['my shop', 2])
})

test('with local execution k6 runs here, and its samples are judged', async (t) => {
  const stub = await openStub(t)
  const result = await inCloud(stub, ['--local-execution', script('shared-iterations.js')])
  assert.equal(result.exitCode, 0, result.stdout + result.stderr)
  const file = await verdictOf(result.runs[0])
  assert.deepEqual([file.verdict, file.source], ['PASS', undefined])
  assert.equal(file.run.cloud?.execution, 'local')
  assert.ok(stub.calls.includes('POST /v2/metrics/123'), stub.calls.join('\n'))
  assert.deepEqual(await filesWith(TOKEN, result.runs), [])
})

test('what load zones cannot do is refused with the reason, and nothing is uploaded', async (t) => {
  const stub = await openStub(t)
  const cases: [string[], RegExp][] = [
    [
      ['--sla', 'sla.json'],
      /K6V_NOT_WITH_SCRIPT: .*--sla with --cloud.*load zones send no samples/,
    ],
    [['--out', 'json=a.json'], /K6V_WRONG_USAGE: --out cannot/],
    [['--include-system-env-vars'], /K6V_WRONG_USAGE: .*token/],
    [['--execution-segment', '0:1/2'], /K6V_NOT_WITH_SCRIPT: .*--cloud divides/],
    [['--segment', '1/2', '--start-at', '+5s'], /K6V_WRONG_USAGE: --segment cannot/],
    [['--local-execution', '--instances', '2'], /K6V_WRONG_USAGE: .*--local-execution/],
  ]
  for (const [words, expected] of cases) {
    const { exitCode, stderr, runs } = await inCloud(stub, [...words, script('typed.ts')])
    assert.deepEqual([exitCode, runs], [2, []], stderr)
    assert.match(stderr, expected)
  }
  assert.deepEqual(stub.calls, [])
})
