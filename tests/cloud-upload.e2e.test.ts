// Runs in Grafana Cloud k6: what is uploaded, what is kept, and what load zones do with it.
import assert from 'node:assert/strict'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { cli, codesOf, verdictOf } from './cli.ts'
import { filesWith, inCloud, LOAD, openStub } from './cloud-run.ts'
import { TOKEN } from './cloud-stub.ts'
import { realK6 } from './k6.ts'
import { tamperedServer } from './tampered-server.ts'

const TAMPERED = 'tests/fixtures/tampered'

const { path: K6_BIN } = await realK6()

interface Validated {
  project_id: number
  options: {
    cloud: Record<string, unknown>
    scenarios: Record<string, unknown>
    systemTags: string[]
    thresholds: Record<string, string[]>
  }
}

test('the script is uploaded with its name, project, stack and zones, and the token is kept nowhere', async (t) => {
  const stub = await openStub(t)
  const result = await inCloud(stub, ['--cloud-name', 'three regions'])

  const { options, project_id } = JSON.parse(stub.bodies[0] ?? '{}') as Validated
  assert.equal(project_id, 1)
  const { token, ...cloud } = options.cloud
  // k6 puts it there: it is in what is uploaded, and must be in nothing else.
  assert.equal(token, TOKEN)
  assert.deepEqual(cloud, {
    name: 'three regions',
    projectID: 1,
    stackID: 7,
    distribution: {
      'us-east': { loadZone: 'amazon:us:ashburn', percent: 50 },
      'eu-west': { loadZone: 'amazon:ie:dublin', percent: 30 },
      'ap-south': { loadZone: 'amazon:in:mumbai', percent: 20 },
    },
  })
  assert.deepEqual(Object.keys(options.scenarios), ['geo-distributed'])
  for (const tag of ['error', 'group', 'method']) assert.ok(options.systemTags.includes(tag), tag)
  assert.match(JSON.stringify(options.thresholds), /"http_reqs\{judged:yes\}":\[.*"count>=1000"/)
  const archive = String(stub.archives[0])
  assert.match(archive, /"BASE_URL": ?"http:\/\/api\.invalid"/)
  assert.match(archive, new RegExp(TOKEN))
  assert.deepEqual(await filesWith(TOKEN, result.runs), [])
  assert.ok(!(result.stdout + result.stderr).includes(TOKEN))
})

test('a name and a password travel in the archive, and no file that is kept has them', async (t) => {
  const stub = await openStub(t)
  const secret = {
    AUTH_USERNAME: 'anna',
    AUTH_PASSWORD: 'pass-word-5531',
    OTHER_SECRET: 'mine-9914',
    HTTPS_PROXY: 'http://me:proxy-word-31@127.0.0.1:9',
  }
  const result = await inCloud(stub, [], secret)

  assert.equal(result.exitCode, 0, result.stdout)
  const archive = String(stub.archives[0])
  assert.match(archive, /"AUTH_PASSWORD": ?"pass-word-5531"/)
  assert.ok(!archive.includes('mine-9914'), 'nothing else of the environment')
  assert.ok(!archive.includes('proxy-word-31'), 'nor the proxy that the API is behind')
  assert.deepEqual(await filesWith('pass-word-5531', result.runs), [])
})

test('nothing is started without a token, or for a target that no load zone can reach', async () => {
  const geo = ['geo-distributed', '--cloud', ...LOAD]
  const set = { K6_CLOUD_TOKEN: TOKEN, K6_CLOUD_STACK_ID: '7', K6_CLOUD_PROJECT_ID: '1' }
  const cases: [args: string[], env: Record<string, string>, said: RegExp][] = [
    [['--target', 'https://a.example.com'], { K6_CLOUD_TOKEN: '' }, /K6V_CLOUD_SETTING_MISSING/],
    [['--target', 'http://127.0.0.1:8640'], set, /K6V_CLOUD_TARGET.*127\.0\.0\.1/],
    [[], set, /K6V_CLOUD_TARGET.*the sandbox is on this machine/],
    [['--target', 'https://a.example.com', '--users', '500'], set, /K6V_TARGET_NOT_ALLOWED/],
    [['--target', 'https://a.example.com', '--out', 'json=a'], set, /K6V_WRONG_USAGE: --out/],
  ]
  for (const [args, env, said] of cases) {
    const { exitCode, stderr, runs } = await cli([...geo, ...args], { env })
    assert.equal(exitCode, 2, stderr)
    assert.match(stderr, said)
    assert.deepEqual(runs, [])
  }
})

test('with local execution k6 runs here: samples and verdict are those of this machine', async (t) => {
  const stub = await openStub(t)
  const args = ['geo-distributed', '--cloud', '--local-execution', '--time-scale', '0.01']
  const result = await cli([...args, '--users', '10'], { env: { K6_BIN, ...stub.env } })

  const file = await verdictOf(result.runs[0])
  assert.equal(file.source, undefined)
  assert.ok(file.samples.rows > 0)
  assert.ok(file.objectives.some(({ measured }) => measured !== undefined))
  assert.deepEqual(file.series.breakdowns.find(({ tag }) => tag === 'region')?.rows.length, 3)
  assert.equal(file.run.cloud?.url, 'https://app.k6.io/runs/123')
  assert.equal(file.run.cloud.execution, 'local')
  const pushes = stub.calls.filter((call) => call === 'POST /v2/metrics/123')
  assert.ok(pushes.length > 0, stub.calls.join('\n'))
  assert.equal(stub.calls.at(-1), 'POST /v1/tests/123', 'the cloud was told of the end')
  assert.match(stub.bodies[0] ?? '', /"name":"geo-distributed on better-prompts"/)
  assert.deepEqual(await filesWith(TOKEN, result.runs), [])
})

test('with local execution a refused token is INVALID, and in no file', async (t) => {
  const stub = await openStub(t)
  const args = ['geo-distributed', '--cloud', '--local-execution', ...LOAD]
  const env = { K6_BIN, ...stub.env, K6_CLOUD_TOKEN: 'wrong-token-78' }
  const result = await cli(args, { env })

  assert.equal(result.exitCode, 91, result.stdout)
  const file = await verdictOf(result.runs[0])
  assert.equal(file.verdict, 'INVALID')
  assert.equal(codesOf(file)[0], 'K6_BROKE')
  assert.match(result.stdout, /failed to authenticate with k6 Cloud/)
  assert.ok(!(result.stdout + result.stderr).includes('wrong-token-78'))
  const log = await readFile(join(result.runs[0] ?? '', 'k6.log'), 'utf8')
  assert.ok(!log.includes('wrong-token-78'))
})

test('in a load zone the requests carry its region and go to the target of that region', async (t) => {
  const stub = await openStub(t)
  const { runs } = await inCloud(stub, [
    ...['--workload', TAMPERED],
    '--sla',
    `${TAMPERED}/sla.json`,
  ])
  const server = await tamperedServer('sound')
  t.after(() => server.close())
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-zone-'))
  const csv = join(folder, 'samples.csv')
  // What a load generator of the cloud does with the archive, as far as it is known.
  const { exitCode, stderr } = await execa(
    K6_BIN,
    ['run', '--quiet', '--out', `csv=${csv}`, join(runs[0] ?? '', 'script.js')],
    {
      env: {
        K6_CLOUDRUN_DISTRIBUTION: 'eu-west',
        BASE_URL: 'http://127.0.0.1:9',
        BASE_URL_EU_WEST: server.url,
        MODE: 'sound',
        K6_NO_USAGE_REPORT: 'true',
      },
      reject: false,
      timeout: 60_000,
    },
  )
  assert.ok(exitCode === 0 || exitCode === 99, stderr)
  const lines = (await readFile(csv, 'utf8')).split('\n')
  const requests = lines.filter((line) => line.startsWith('http_reqs,') && line.includes('phase='))
  assert.ok(requests.length > 10, `${requests.length} requests`)
  for (const line of requests) assert.match(line, /region=eu-west/)
  assert.ok(!requests.some((line) => line.includes('dial')), 'none went to the common target')
})
