// A k6 script of the user's own on Kubernetes: its archive in the manifests, and what its runners bring back.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { parse } from 'yaml'
import { metadataOf } from '../scripts/script/archive-script.ts'
import type { TestRun } from '../scripts/engines/kubernetes/test-run.ts'
import { projectPath } from '../scripts/core/project.ts'
import { codesOf, readManifest, verdictOf } from './cli.ts'
import { startFakeCluster } from './fake-cluster.ts'
import { archiveArgs, specOf } from './k6-operator.ts'
import { realK6 } from './k6.ts'
import { type OwnScriptRun, runOwn } from './own-script.ts'
import { type ScriptServer, scriptServer } from './script-server.ts'
import { testRunValidator } from './test-run-schema.ts'

let server: ScriptServer
let env: Record<string, string>

before(async () => {
  server = await scriptServer()
  env = { K6_BIN: (await realK6()).path, TARGET: 'http://127.0.0.1:9' }
})
after(() => server.close())

const script = (name: string): string => projectPath('tests', 'scripts', name)

interface Applied extends OwnScriptRun {
  calls: string[]
  deleted: string[]
  objects: string[]
}

async function apply(words: string[], fault = 'none'): Promise<Applied> {
  const cluster = await startFakeCluster(fault)
  try {
    const all = ['--kubernetes', '--apply', '--samples-volume', 'samples', ...words]
    const given = [...all, '-e', `TARGET=${server.url}`]
    const result = await runOwn(given, { env: { ...env, ...cluster.env } })
    const objects = await readdir(join(cluster.folder, 'objects'))
    return { ...result, objects, calls: await cluster.calls(), deleted: await cluster.deleted() }
  } finally {
    await cluster.close()
  }
}

async function manifestIn({ runs }: OwnScriptRun, name: string): Promise<string> {
  return readFile(join(runs[0] ?? '', 'kubernetes', name), 'utf8')
}

test('two runners make the load of a script, and the samples of both decide its thresholds', async () => {
  const applied = await apply(['--instances', '2', script('shared-iterations.js')])
  const { stdout, stderr, runs } = applied
  assert.equal(applied.exitCode, 0, stdout + stderr)
  const file = await verdictOf(runs[0])
  const counted = file.objectives.find(({ id }) => id === 'my_count: count==12')
  assert.deepEqual(
    [file.verdict, counted?.verdict, counted?.measured],
    ['PASS', 'PASS', 12],
    stdout,
  )
  assert.deepEqual(
    file.run.instances.map((each) => [each.name, each.exitCode]),
    [
      ['1', 0],
      ['2', 0],
    ],
  )
  assert.ok(codesOf(file).includes('GENERATOR_UNKNOWN'))
  const { script: ran, plan } = await readManifest(runs[0] ?? '')
  assert.deepEqual(ran?.reached, [new URL(server.url).host])
  assert.deepEqual(plan.endpoints, [`${server.url}/ok`])
  // What -e gives is in no file, and the Secret that has it is deleted with the rest.
  assert.match(applied.calls.join('\n'), /^create --filename -$/m)
  assert.ok(applied.objects.some((name) => name.startsWith('Secret-k6v-')))
  assert.ok(applied.deleted.some((line) => line.includes('secret.yaml')))
  for (const name of ['secret.yaml', 'test-run.yaml', 'config-map.yaml']) {
    assert.doesNotMatch(await manifestIn(applied, name), new RegExp(server.url), name)
  }
})

test('one runner judges its own thresholds, and is another load where that was asked', async () => {
  const crossed = await apply([script('thresholds-crossed.js')])
  assert.equal(crossed.exitCode, 99, crossed.stdout + crossed.stderr)
  assert.equal((await verdictOf(crossed.runs[0])).verdict, 'FAIL')

  const changed = await apply(['--smoke', script('several-scenarios.js')])
  assert.equal(changed.exitCode, 0, changed.stdout + changed.stderr)
  const { verdict, delivery } = await verdictOf(changed.runs[0])
  assert.deepEqual([verdict, delivery.iterations], ['NO_OBJECTIVES', 3])
})

test('a script on a volume, and one that opens a file', async () => {
  const applied = await apply(['--script-volume', 'scripts', script('shared-array.js')])
  assert.equal(applied.exitCode, 0, applied.stdout + applied.stderr)
  assert.equal((await verdictOf(applied.runs[0])).verdict, 'NO_OBJECTIVES')
  assert.match(applied.calls.join('\n'), /cat > \/scripts\/k6v-\S+\.tar/)
})

test('a runner that is killed spoils the run', async () => {
  const applied = await apply(['--instances', '2', script('shared-iterations.js')], 'oom')
  assert.equal(applied.exitCode, 91, applied.stdout)
  const file = await verdictOf(applied.runs[0])
  assert.ok(codesOf(file).includes('INSTANCE_FAILED'), applied.stdout)
})

test('the manifests are what the CRD and the operator take', async () => {
  const words = ['--kubernetes', '--instances', '2', '--secret', 'api', '--time-scale', '0.5']
  const flags = ['--tag', 'a=b', '--summary-mode', 'full', '-e', 'TOKEN=planted-secret']
  const made = await runOwn([...words, ...flags, script('several-scenarios.js')], { env })
  assert.equal(made.exitCode, 0, made.stderr)
  const testRun = parse(await manifestIn(made, 'test-run.yaml')) as TestRun
  const validate = testRunValidator()
  assert.ok(validate(testRun), JSON.stringify(validate.errors))
  const { args, script: source, runner, initializer } = specOf(testRun)
  assert.equal(source.configMap?.file, 'script.tar')
  const { name } = testRun.metadata
  const secrets = [{ secretRef: { name: 'api' } }, { secretRef: { name } }]
  assert.deepEqual(runner.envFrom, secrets)
  // Its init code is read there too.
  assert.deepEqual(initializer['envFrom'], secrets)
  assert.ok(archiveArgs(args).join(' ').includes('--summary-mode full --tag a=b'), args.join(' '))
  const { options } = await metadataOf(join(made.runs[0] ?? '', 'script.tar'))
  assert.ok(options.scenarios)
  const secret = parse(await manifestIn(made, 'secret.yaml')) as { stringData: object }
  assert.deepEqual(secret.stringData, { TOKEN: '' })
  for (const file of await readdir(made.runs[0] ?? '', { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue
    const bytes = await readFile(join(file.parentPath, file.name), 'latin1')
    assert.ok(!bytes.includes('planted-secret'), file.name)
  }
})

test('what a cluster cannot have is refused with the reason', async () => {
  const cases: [string[], RegExp][] = [
    [['--features', 'native-histograms'], /K6V_KUBERNETES_OPTION: .*--features .*k6 archive/],
    [['--log-output', 'stdout'], /K6V_KUBERNETES_OPTION: .*the log of its pod/],
    [['--web-dashboard'], /K6V_KUBERNETES_OPTION: .*--web-dashboard/],
    [['--instances', '9'], /K6V_KUBERNETES_TOO_MANY_RUNNERS/],
    [['--execution-segment', '0:1/2'], /K6V_NOT_WITH_SCRIPT: .*--kubernetes divides the load/],
    [['-e', '1A=b'], /K6V_KUBERNETES_OPTION: .*"1A"/],
  ]
  for (const [words, expected] of cases) {
    const all = ['--kubernetes', ...words, script('per-vu-iterations.js')]
    const { exitCode, stderr, runs } = await runOwn(all, { env })
    assert.deepEqual([exitCode, runs], [2, []], stderr)
    assert.match(stderr, expected)
  }
})
