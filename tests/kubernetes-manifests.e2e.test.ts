// Manifests as a user gets them, against the CRD's schema, the operator's argument filter and the real k6.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { parse } from 'yaml'
import type { ConfigMap } from '../scripts/engines/kubernetes/config-map.ts'
import type { TestRun } from '../scripts/engines/kubernetes/test-run.ts'
import { freePort } from '../scripts/core/free-port.ts'
import { startSandbox } from '../scripts/plan/sandbox-process.ts'
import { cli, type CliResult } from './cli.ts'
import {
  archiveArgs,
  expand,
  INITIALIZER_SCRIPT,
  initializerArguments,
  podEnvironment,
  runnerCommand,
  specOf,
} from './k6-operator.ts'
import { realK6 } from './k6.ts'
import { testRunValidator } from './test-run-schema.ts'

const FLAGS = ['--secret', 'api-users', '--samples-volume', 'samples', '--separate', '--cleanup']

test('every manifest of a run in three regions is what the CRD asks for', async () => {
  const selector = 'us-east:pool=east'
  const made = await cli([
    'geo-distributed',
    '--kubernetes',
    ...FLAGS,
    '--node-selector',
    selector,
    '--target',
    'http://127.0.0.1:1',
    '--target',
    'eu-west=http://127.0.0.1:2',
  ])
  assert.equal(made.exitCode, 0, made.stderr)
  const { testRuns, configMaps } = await manifestsOf(made)
  const validate = testRunValidator()
  for (const testRun of testRuns) assert.ok(validate(testRun), JSON.stringify(validate.errors))

  const selectors = testRuns.map(
    ({ spec }) => (spec['runner'] as { nodeSelector: unknown }).nodeSelector,
  )
  assert.deepEqual(selectors, [
    { 'topology.kubernetes.io/region': 'ap-south' },
    { 'topology.kubernetes.io/region': 'eu-west' },
    { pool: 'east' },
  ])
  const targets = testRuns.map((each) => valueOf(each, 'BASE_URL'))
  assert.deepEqual(targets, ['http://127.0.0.1:1', 'http://127.0.0.1:2', 'http://127.0.0.1:1'])
  const [south, west, east] = configMaps.map(({ data }) => data['script.js'] ?? '')
  // 250, 150 and 100 users: those of each region are numbered after the ones before.
  assert.doesNotMatch(east ?? '', /"usersBefore":\d/)
  assert.match(west ?? '', /"usersBefore":250\b/)
  assert.match(south ?? '', /"usersBefore":400\b/)
})

test('the CRD refuses a TestRun with a field that it does not know', async () => {
  const validate = testRunValidator()
  const { testRuns } = await manifestsOf(await cli(['smoke', '--kubernetes']))
  const [testRun] = testRuns
  assert.ok(validate(testRun))
  assert.ok(!validate({ ...testRun, spec: { ...testRun?.spec, paralellism: 2 } }))
  assert.ok(!validate({ ...testRun, spec: { ...testRun?.spec, cleanup: 'pre' } }))
})

test(
  'the real k6 runs what the operator makes of the manifests',
  { timeout: 120_000 },
  async () => {
    const k6 = await realK6()
    const made = await cli(['smoke', '--kubernetes', '--samples-volume', 'samples'])
    assert.equal(made.exitCode, 0, made.stderr)
    const { testRuns, configMaps } = await manifestsOf(made)
    const [testRun] = testRuns
    assert.ok(testRun)
    const folder = await mkdtemp(join(tmpdir(), 'k6v-pod-'))
    const script = '/test/script.js'
    const [configMap] = configMaps
    await mount(join(folder, 'test'), configMap?.data ?? {})
    await mkdir(join(folder, 'samples'))
    await symlink(k6.path, join(folder, 'k6'))
    const here = (text: string): string =>
      text.replaceAll('/samples/', `${folder}/samples/`).replaceAll('/test/', `${folder}/test/`)
    const path = `${folder}:${process.env['PATH'] ?? ''}`

    const init = initializerArguments(testRun, { script, archive: join(folder, 'script.tar') })
    const initialized = await execa('sh', ['-c', INITIALIZER_SCRIPT, 'sh', ...init.map(here)], {
      env: { PATH: path, TMPDIR: folder, HOME: folder },
      extendEnv: false,
      reject: false,
      timeout: 30_000,
    })
    assert.equal(initialized.exitCode, 0, initialized.stdout + initialized.stderr)
    assert.equal((JSON.parse(initialized.stdout) as { maxVUs: number }).maxVUs, 1)

    const sandbox = await startSandbox()
    try {
      const runner = `${testRun.metadata.name}-1`
      const env = podEnvironment(specOf(testRun).runner.env, { 'job-name': runner })
      const address = `127.0.0.1:${await freePort()}`
      const command = runnerCommand(testRun, 1, script)
        // The test must not listen on all addresses, and has no starter Pod.
        .map((each) => (each === '--address=0.0.0.0:6565' ? `--address=${address}` : each))
        .filter((each) => each !== '--paused')
        .map((each) => here(expand(each, env)))
      const ran = await execa(k6.path, command, {
        env: {
          ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, here(value)])),
          BASE_URL: sandbox.url,
          HOME: folder,
        },
        extendEnv: false,
        reject: false,
        timeout: 60_000,
      })
      assert.equal(ran.exitCode, 0, ran.stderr)
      const csv = await readFile(join(folder, 'samples', `${runner}.csv`), 'utf8')
      // The operator's tags, and the script's own, which those would have replaced.
      const row = csv.split('\n').find((line) => line.startsWith('http_reqs,')) ?? ''
      for (const tag of ['testid=2', `instance=${runner}`, 'instance_id=1', 'testrun_name=k6v-']) {
        assert.ok(row.includes(tag), `${tag} in ${row}`)
      }
      assert.deepEqual((await readdir(join(folder, 'samples'))).sort(), [
        `${runner}.csv`,
        `${runner}.summary.json`,
      ])
    } finally {
      await sandbox.stop()
    }
  },
)

test('the filter of the operator lets pass what breaks k6 archive in another spelling', () => {
  assert.deepEqual(archiveArgs(['--out', 'csv', '--tag', 'a=b']), ['--tag', 'a=b'])
  assert.deepEqual(archiveArgs(['--out=csv', '--tag', 'a=b']), ['--out=csv', '--tag', 'a=b'])
  assert.throws(() => archiveArgs(['csv']), /invalid value/)
})

test('what cannot run on Kubernetes is refused, with nothing written', async () => {
  const cases: [string[], RegExp][] = [
    [['geo-distributed', '--kubernetes', '--apply'], /K6V_KUBERNETES_NO_TARGET/],
    [['smoke', '--kubernetes', '--web-dashboard'], /K6V_KUBERNETES_OPTION/],
    [['smoke', '--kubernetes', '--memory', 'much'], /--memory .* "much"/],
    [['smoke', '--kubernetes', '--cpu', '0'], /--cpu .* "0"/],
    [['smoke', '--kubernetes', '--node-selector', 'mars:a=b'], /no regions/],
    [['smoke', '--apply'], /--kubernetes/],
  ]
  for (const [args, expected] of cases) {
    const { exitCode, stderr, runs } = await cli(args)
    assert.equal(exitCode, 2, args.join(' '))
    assert.match(stderr, expected)
    assert.deepEqual(runs, [])
  }
})

test('no secret of this shell reaches a manifest', async () => {
  const env = { AUTH_USERNAME: 'ann-marker', AUTH_PASSWORD: 'hush-marker' }
  const made = await cli(['smoke', '--kubernetes', '--secret', 'api-users'], { env })
  assert.equal(made.exitCode, 0, made.stderr)
  const { folder, names } = await filesOf(made)
  for (const name of names) {
    assert.doesNotMatch(await readFile(join(folder, name), 'utf8'), /-marker/, name)
  }
})

async function mount(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
}

async function filesOf({ runs: [run = ''] }: CliResult) {
  const folder = join(run, 'kubernetes')
  return { folder, names: (await readdir(folder)).sort() }
}

async function manifestsOf(made: CliResult) {
  const { folder, names } = await filesOf(made)
  const all = await Promise.all(
    names.map(
      async (name) => parse(await readFile(join(folder, name), 'utf8')) as { kind: string },
    ),
  )
  const ofKind = (kind: string): unknown[] => all.filter((each) => each.kind === kind)
  const testRuns = ofKind('TestRun') as TestRun[]
  const configMaps = ofKind('ConfigMap') as ConfigMap[]
  return { testRuns, configMaps }
}

function valueOf(testRun: TestRun, name: string): string | undefined {
  return specOf(testRun).runner.env.find((each) => each.name === name)?.value
}
