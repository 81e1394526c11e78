// Where a script of the user's own may come from, and the parts of its load on several machines.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { cli, codesOf, readManifest, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { type OwnScriptRun, runOwn } from './own-script.ts'
import { type ScriptServer, scriptServer } from './script-server.ts'

let server: ScriptServer
let env: Record<string, string>

before(async () => {
  server = await scriptServer()
  env = { K6_BIN: (await realK6()).path, TARGET: server.url }
})
after(() => server.close())

const script = (name: string): string => projectPath('tests', 'scripts', name)

test('a script from the standard input runs as the file does', async () => {
  const input = await readFile(script('per-vu-iterations.js'), 'utf8')
  const { exitCode, stdout, stderr, runs } = await runOwn(['-', '--tag', 'a=b'], { env, input })
  assert.equal(exitCode, 0, stdout + stderr)
  const { verdict, delivery, run } = await verdictOf(runs[0])
  assert.deepEqual([verdict, delivery.iterations, run.scenario], ['PASS', 12, 'stdin'])
  const manifest = await readManifest(runs[0] ?? '')
  assert.deepEqual([manifest.script?.path, manifest.script?.isEdited], ['-', undefined])
})

test('nothing on the standard input is refused in one sentence', async () => {
  const { exitCode, stderr, runs } = await runOwn(['-'], { env, input: '' })
  assert.deepEqual([exitCode, runs], [255, []])
  assert.match(stderr, /^error K6V_SCRIPT_REFUSED: k6 cannot run the standard input: .*no exported/)
})

test('a script that is not there is one line: where it was looked for, and what is like it', async () => {
  const { folder } = await runOwn([], { env })
  await writeFile(join(folder, 'checkout.js'), 'export default function () {}')
  const missing = await runOwn(['chekout.js'], { env, folder })
  assert.equal(missing.exitCode, 255, "k6's own")
  const [first, hint, ...others] = missing.stderr.split('\n')
  assert.equal(
    first,
    `error K6V_SCRIPT_MISSING: Expected a k6 script at ${join(folder, 'chekout.js')}, found no file`,
  )
  assert.match(hint ?? '', /where the command was typed\. Did you mean "checkout\.js"\?$/)
  assert.deepEqual(others.filter(Boolean), [])

  await writeFile(join(folder, 'checkout.js'), "import './gone.js'; export default function () {}")
  const { stderr } = await runOwn(['checkout.js'], { env, folder })
  assert.match(stderr, /K6V_SCRIPT_REFUSED: .*gone\.js" couldn't be found on local disk$/m)
  assert.doesNotMatch(stderr, /Docker/)
})

test('what cannot fit a script says why', async () => {
  const cases: [string[], RegExp][] = [
    [
      ['--target', 'http://127.0.0.1:1'],
      /no --target .*: a script names the hosts .* -e BASE_URL/s,
    ],
    [['--region-latency=default'], /no --region-latency .*nobody can put a network/],
    [['--model', 'open'], /no --model .*executors/],
    [['--instances', '2', '--execution-segment', '0:1/2'], /--instances divides the load/],
  ]
  for (const [words, expected] of cases) {
    const { exitCode, stderr, runs } = await runOwn([...words, script('typed.ts')], { env })
    assert.deepEqual([exitCode, runs], [2, []], stderr)
    assert.match(stderr, /^error K6V_NOT_WITH_SCRIPT: Expected no/)
    assert.match(stderr, expected)
  }
})

describe('the segments of a load, as two machines make them', () => {
  let machines: OwnScriptRun[]

  before(async () => {
    const startAt = new Date(Date.now() + 15_000).toISOString()
    machines = await Promise.all(
      ['1/2', '2/2'].map((segment) => {
        const part = ['--segment', segment, '--start-at', startAt]
        return runOwn([...part, script('shared-iterations.js')], { env })
      }),
    )
  })

  test('each is held against its own part, and leaves the whole to the merge', async () => {
    for (const [index, { exitCode, stdout, runs }] of machines.entries()) {
      assert.equal(exitCode, 0, stdout)
      const { verdict, reasons, delivery, objectives } = await verdictOf(runs[0])
      assert.equal(verdict, 'PASS', stdout)
      assert.equal(
        reasons.find(({ code }) => code === 'PART_OF_LOAD')?.data['part'],
        `segment ${index + 1}/2`,
      )
      // Three users, dealt out in turn, and their iterations with them.
      assert.equal(delivery.iterations, [8, 4][index])
      const counted = objectives.find(({ id }) => id === 'my_count: count==12')
      assert.equal(counted?.verdict, 'not in this run')
    }
  })

  test('merged they are one run, whose samples decide', async () => {
    const merged = await cli(['merge', ...machines.map(({ runs }) => runs[0] ?? '')], { env })
    assert.equal(merged.exitCode, 0, merged.stdout + merged.stderr)
    const file = await verdictOf(merged.runs[0])
    const counted = file.objectives.find(({ id }) => id === 'my_count: count==12')
    assert.deepEqual([file.verdict, counted?.verdict, counted?.measured], ['PASS', 'PASS', 12])
    assert.equal(file.delivery.iterations, 12)
    assert.ok(!codesOf(file).includes('PART_OF_LOAD'))
    assert.equal(file.run.scenario, 'shared-iterations')
    assert.ok((await readFile(join(merged.runs[0] ?? '', 'script.tar'))).length > 0)
  })

  test('another script is no part of it', async () => {
    const part = ['--segment', '2/2', '--start-at', '+5s']
    const other = await runOwn([...part, script('per-vu-iterations.js')], { env })
    const runs = [machines[0]?.runs[0] ?? '', other.runs[0] ?? '']
    const { exitCode, stderr } = await cli(['merge', ...runs], { env })
    assert.equal(exitCode, 2, stderr)
    assert.match(stderr, /K6V_MERGE_REFUSED/)
  })
})
