// More and more replicas, for real: workers of the sandbox, and a server that a command scales.
import { execa } from 'execa'
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { before, test, type TestContext } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import type { ScalingFile } from '../scripts/scaling/scaling-file.ts'
import { cli, cliArguments, retryIfStarved } from './cli.ts'
import { realK6 } from './k6.ts'
import { scaledServer } from './scaled-server.ts'

const SHORT = ['--time-scale', '0.15', '--duration', '4s']
const FOLDER = 'tests/fixtures/tampered'
const OWN = ['--workload', FOLDER, '--sla', `${FOLDER}/sla.json`, ...SHORT]

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

async function scaling(args: string[], env: Record<string, string> = {}) {
  const result = await retryIfStarved(args.join(' '), () =>
    cli(['scaling', ...args], { env: { K6_BIN, ...env }, timeoutMs: 180_000 }),
  )
  const [folder = ''] = result.runs
  const file = JSON.parse(await readFile(join(folder, 'scaling.json'), 'utf8')) as ScalingFile
  return { ...result, file, folder, told: result.stdout + result.stderr }
}

/** A file that says how many replicas there are, and what was said before; a server that has as many. */
async function scaled(t: TestContext, placesEach: number) {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-scaling-'))
  const file = join(folder, 'replicas')
  await writeFile(file, '3\n')
  const { url, close } = await scaledServer(file, placesEach)
  t.after(async () => {
    await close()
    await rm(folder, { recursive: true, force: true })
  })
  const args = [
    '--target',
    url,
    '--scale-command',
    `echo {replicas} >> ${file}`,
    '--scale-back',
    '3',
  ]
  const said = async (): Promise<string[]> => (await readFile(file, 'utf8')).trim().split('\n')
  return { folder, args: [...OWN, ...args], said }
}

test('contention of the workers of the sandbox is measured, named and a FAIL', async () => {
  const { exitCode, told, file, folder } = await scaling(
    [
      ...['--workload', 'cost-agent', '--mix', 'recommendations', '--replicas', '1,2,4'],
      ...['--efficiency', '85%', ...SHORT],
    ],
    { SANDBOX_WORKER_CONTENTION: '0.3', SANDBOX_COST_MODEL_MEDIAN_MS: '150' },
  )

  assert.equal(exitCode, 99, told)
  assert.match(told, /^FAIL {2}cost-agent with 1, 2, 4 replicas, efficiency at least 85%$/m)
  const [one, two, four] = file.steps.map(({ efficiency }) => efficiency?.value ?? 0)
  assert.equal(one, 1)
  // Each call takes 1.3 and 1.9 times as long.
  assert.ok(Math.abs((two ?? 0) - 1 / 1.3) < 0.12, `${two}: ${told}`)
  assert.ok(Math.abs((four ?? 0) - 1 / 1.9) < 0.12, `${four}: ${told}`)
  assert.deepEqual(
    file.reasons.map(({ code, data }) => [code, data['replicas']]),
    [
      ['EFFICIENCY_MISSED', 2],
      ['EFFICIENCY_MISSED', 4],
    ],
  )
  assert.ok(Math.abs((file.law?.sigma ?? 0) - 0.3) < 0.15, told)
  assert.match(await readFile(join(folder, 'scaling.md'), 'utf8'), /^## FAIL {2}cost-agent/)
})

test('a command scales the target, waits until it is ready, and sets it back', async (t) => {
  const { args, said, folder } = await scaled(t, 3)
  // Ready at the second look after each scaling.
  const look = `test -f ${folder}/ready-{replicas} || { touch ${folder}/ready-{replicas}; exit 7; }`
  const { exitCode, told, file } = await scaling([
    ...[...args, '--scale-ready', look, '--replicas', '2,1', '--users', '24'],
    ...['--efficiency', '85%'],
  ])

  assert.equal(exitCode, 0, told)
  assert.match(told, /^PASS/m)
  assert.deepEqual(await said(), ['3', '1', '2', '3'])
  assert.equal((await readdir(folder)).filter((name) => name.startsWith('ready')).length, 2)
  assert.deepEqual(
    file.steps.map(({ replicas, users }) => [replicas, users]),
    [
      [1, 12],
      [2, 24],
    ],
  )
  // Three places of a tenth of a second.
  const done = file.steps[0]?.throughput.all?.value ?? 0
  assert.ok(done > 24 && done < 30.5, told)
})

test(
  'Ctrl+C keeps what is measured, and sets the replicas back',
  { timeout: 90_000 },
  async (t) => {
    const { args, said } = await scaled(t, 3)
    const results = await mkdtemp(join(tmpdir(), 'k6v-results-'))
    t.after(() => rm(results, { recursive: true, force: true }))
    const child = execa('node', cliArguments(['scaling', ...args, '--replicas', '1,2']), {
      cwd: projectPath(),
      env: { K6_BIN, K6_VERDICT_RESULTS: results, NO_COLOR: '1' },
      stdin: 'ignore',
      reject: false,
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('1 replica ')) child.kill('SIGINT')
    })
    const { exitCode, stdout, stderr } = await child

    assert.equal(exitCode, 105, stdout + stderr)
    assert.equal((await said()).at(-1), '3')
    const [folder = ''] = await readdir(results)
    const file = await readFile(join(results, folder, 'scaling.json'), 'utf8')
    const { steps, verdict, reasons } = JSON.parse(file) as ScalingFile
    assert.deepEqual([steps.length, verdict], [1, 'INVALID'])
    assert.match(reasons.at(-1)?.text ?? '', /^2 replicas: not measured \(you stopped it\)$/)
  },
)

test('a command that fails is named, and the replicas are set back', async (t) => {
  const { args, said, folder } = await scaled(t, 3)
  const { exitCode, stderr } = await cli(
    ['scaling', ...args, '--scale-ready', `ls ${folder}/nothing`, '--scale-timeout', '1s'],
    { env: { K6_BIN } },
  )

  assert.equal(exitCode, 1, stderr)
  assert.match(stderr, /^error K6V_SCALE_FAILED: .*nothing" to end with exit code 0, got 2 \(ls: /m)
  assert.deepEqual(await said(), ['3', '1', '3'])
})

test('a step that fails leaves the steps before it in scaling.json', async (t) => {
  const { args, said, folder } = await scaled(t, 3)
  const results = await mkdtemp(join(tmpdir(), 'k6v-results-'))
  t.after(() => rm(results, { recursive: true, force: true }))
  await writeFile(join(folder, 'ready-1'), '')
  const ready = ['--scale-ready', `ls ${folder}/ready-{replicas}`, '--scale-timeout', '1s']
  const { exitCode, stderr } = await cli(['scaling', ...args, ...ready, '--replicas', '1,2,4'], {
    env: { K6_BIN, K6_VERDICT_RESULTS: results },
    timeoutMs: 90_000,
  })

  assert.equal(exitCode, 1, stderr)
  assert.match(stderr, /^error K6V_SCALE_FAILED: .*ready-2" to end/m)
  assert.equal((await said()).at(-1), '3')
  const [name = ''] = await readdir(results)
  const file = await readFile(join(results, name, 'scaling.json'), 'utf8')
  const { steps, verdict, reasons } = JSON.parse(file) as ScalingFile
  assert.deepEqual([steps.map(({ replicas }) => replicas), verdict], [[1], 'INVALID'])
  assert.match(reasons.at(-2)?.text ?? '', /^2 replicas: not measured \(Expected "ls /)
  assert.equal(reasons.at(-1)?.text, '4 replicas: not measured (an earlier step failed)')
})
