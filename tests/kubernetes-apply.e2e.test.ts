// --apply against a fake kubectl (fake-kubectl.ts), with the real k6 as its runners.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { projectPath } from '../scripts/core/project.ts'
import { type RunningSandbox, startSandbox } from '../scripts/plan/sandbox-process.ts'
import type { Reason } from '../scripts/reasons/reasons.ts'
import { verdictText } from '../scripts/verdict/verdict.ts'
import { cli, cliArguments, type CliResult, codesOf, readManifest, verdictOf } from './cli.ts'
import { type FakeCluster, startFakeCluster } from './fake-cluster.ts'
import { assertGone } from './processes.ts'

const SHORT = ['--users', '4', '--duration', '3s', '--time-scale', '0.01', '--instances', '2']

let sandbox: RunningSandbox
before(async () => {
  sandbox = await startSandbox()
})
after(() => sandbox.stop())

interface Applied extends CliResult {
  calls: string[]
  deleted: string[]
}

async function apply(fault: string, args: string[], scenario = 'load'): Promise<Applied> {
  const cluster = await startFakeCluster(fault)
  try {
    const all = [scenario, '--kubernetes', '--apply', '--target', sandbox.url, ...args]
    const result = await cli(all, { env: cluster.env })
    return { ...result, calls: await cluster.calls(), deleted: await cluster.deleted() }
  } finally {
    await cluster.close()
  }
}

function told(reasons: readonly Reason[]): string {
  return reasons.map(({ code, text }) => `${code} ${text}`).join('\n')
}

test('two runners: their samples come back, and are judged together', async () => {
  const applied = await apply('none', [...SHORT, '--samples-volume', 'samples'])
  const [run = ''] = applied.runs
  const file = await verdictOf(applied.runs[0])
  assert.equal(file.verdict === 'INVALID', false, applied.stdout)
  assert.deepEqual(
    file.run.instances.map((each) => [each.name, each.exitCode, each.interruptedIterations]),
    [
      ['1', 0, 0],
      ['2', 0, 0],
    ],
  )
  assert.deepEqual(
    file.samples.instances?.map(({ instance }) => instance),
    ['1', '2'],
  )
  assert.equal(file.delivery.usersReached, 4)
  assert.ok(file.delivery.iterations > 0)
  assert.match(await readFile(join(run, 'instances', '1', 'k6.log'), 'utf8'), /k6-verdict start/)
  assert.ok(codesOf(file).includes('GENERATOR_UNKNOWN'), applied.stdout)
  assert.notEqual(verdictText(file), 'PASS')
  // Everything that was created is deleted, the pod of the volume too.
  assert.ok(applied.deleted.some((line) => line.includes('test-run.yaml')))
  assert.ok(applied.deleted.some((line) => line.startsWith('pod k6v-')))
})

test('a script on a volume is written there first', async () => {
  const volumes = ['--script-volume', 'scripts', '--samples-volume', 'samples']
  const applied = await apply('none', [...SHORT, ...volumes])
  assert.ok((await verdictOf(applied.runs[0])).delivery.iterations > 0, applied.stdout)
  const at = (part: string): number => applied.calls.findIndex((call) => call.includes(part))
  assert.ok(at('cat > /scripts/k6v-') < at('test-run.yaml'), applied.calls.join('\n'))
  assert.equal(at('config-map'), -1)
})

test('regions: users are numbered through, and each region has its instance', async () => {
  const args = ['--users', '4', '--duration', '3s', '--time-scale', '0.01', '--samples-volume', 's']
  const applied = await apply('none', args, 'geo-distributed')
  const file = await verdictOf(applied.runs[0])
  assert.deepEqual(
    file.run.instances.map(({ name }) => name),
    ['us-east-1', 'eu-west-1', 'ap-south-1'],
  )
  const regions = file.series.breakdowns.find(({ tag }) => tag === 'region')
  assert.deepEqual(regions?.rows.map(({ endpoint }) => endpoint).sort(), [
    'ap-south',
    'eu-west',
    'us-east',
  ])
})

test('a runner that ends with 99 has run to its end; one that is killed spoils the run', async () => {
  const args = [...SHORT, '--samples-volume', 'samples']
  const [crossed, killed] = await Promise.all([apply('threshold', args), apply('oom', args)])
  const [, second] = (await readManifest(crossed.runs[0] ?? '')).instances
  assert.equal(second?.exitCode, 99)
  assert.notEqual((await verdictOf(crossed.runs[0])).verdict, 'INVALID')

  const { verdict, reasons } = await verdictOf(killed.runs[0])
  assert.equal(verdict, 'INVALID')
  assert.match(told(reasons), /^INSTANCE_FAILED .*runner 2 ended with exit code 137 \(OOMKilled\)/m)
  assert.notEqual(killed.exitCode, 0)
  assert.ok(killed.deleted.length > 0)
})

test('samples that do not come back, or damaged, make the run INVALID', async () => {
  const args = [...SHORT, '--samples-volume', 'samples']
  const check = async (fault: string): Promise<void> => {
    const applied = await apply(fault, args)
    const { verdict, reasons } = await verdictOf(applied.runs[0])
    assert.equal(verdict, 'INVALID', fault)
    assert.match(
      told(reasons),
      /^INSTANCE_FAILED .*the samples of runner 2 did not come back/m,
      fault,
    )
    assert.equal(applied.exitCode, 91)
    assert.ok(
      !applied.calls.some((call) => call.includes('rm -f')),
      'what is left must not be deleted',
    )
  }
  await Promise.all(['copy-fails', 'copy-cut'].map(check))
})

test('without samples and without Prometheus there is no verdict, and no exit code 0', async () => {
  const applied = await apply('none', SHORT)
  assert.equal(applied.exitCode, 90, applied.stdout + applied.stderr)
  assert.match(applied.stdout, /no verdict: neither --samples-volume nor --prometheus/)
})

test('what the cluster refuses or cannot start is one clear error, and leaves nothing behind', async () => {
  const cases: [fault: string, expected: RegExp][] = [
    ['refused', /K6V_KUBERNETES_REFUSED.*no matches for kind[\s\S]*Install k6-operator/],
    ['stage-error', /K6V_KUBERNETES_STAGE_ERROR[\s\S]*unknown flag: --out=csv/],
    ['never-starts', /K6V_KUBERNETES_START.*ImagePullBackOff: no such image/],
  ]
  const check = async ([fault, expected]: (typeof cases)[number]): Promise<void> => {
    const applied = await apply(fault, [...SHORT, '--start-deadline', '8s'])
    assert.equal(applied.exitCode, 1, applied.stdout)
    assert.match(applied.stderr, expected)
    assert.ok(
      applied.deleted.some((line) => line.includes('--ignore-not-found')),
      fault,
    )
  }
  await Promise.all(cases.map(check))
})

// A command that is killed can do nothing: what is left of it is deleted by its guard.
for (const { signal, code } of [
  { signal: 'SIGINT', code: 105 },
  { signal: 'SIGKILL', code: undefined },
] as const) {
  test(`${signal} deletes the run, and nothing of it is left`, async () => {
    const cluster = await startFakeCluster()
    try {
      const args = ['load', '--kubernetes', '--apply', '--target', sandbox.url, '--users', '4']
      const results = join(cluster.folder, 'results')
      const child = execa('node', cliArguments([...args, '--duration', '60s']), {
        cwd: projectPath(),
        env: { ...cluster.env, K6_VERDICT_RESULTS: results, NO_COLOR: '1' },
        stdin: 'ignore',
        reject: false,
        timeout: 60_000,
      })
      const pid = await runnerOf(cluster)
      child.kill(signal)
      const { exitCode, stdout } = await child
      assert.equal(exitCode, code, stdout)
      await assertGone([pid])
      assert.ok((await cluster.deleted()).some((line) => line.includes('test-run.yaml')))
    } finally {
      await cluster.close()
    }
  })
}

/** The process id of the first runner, once it runs. */
async function runnerOf({ folder }: FakeCluster): Promise<number> {
  for (let tries = 0; tries < 300; tries++) {
    const [runner = ''] = await readdir(join(folder, 'runners'))
    const pid = await readFile(join(folder, 'runners', runner, 'pid'), 'utf8').catch(() => '')
    if (pid !== '') return Number(pid)
    await sleep(100)
  }
  throw new Error('Expected a runner within 30 s, got none')
}

test('without kubectl it says so', async () => {
  const args = ['smoke', '--kubernetes', '--apply', '--target', sandbox.url]
  const path = await mkdtemp(join(tmpdir(), 'k6v-no-kubectl-'))
  await symlink(process.execPath, join(path, 'node'))
  const { exitCode, stderr } = await cli(args, { env: { K6V_KUBECTL: '', PATH: path } })
  assert.equal(exitCode, 1)
  assert.match(stderr, /K6V_KUBECTL_MISSING/)
})
