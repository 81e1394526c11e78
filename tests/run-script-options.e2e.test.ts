// What `run` adds to a script of the user's own: SLA files, another load, several k6, reports.
import assert from 'node:assert/strict'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { cli, codesOf, readManifest, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { type OwnScriptRun, runOwn } from './own-script.ts'
import { accept, remoteWriteServer } from './remote-write-server.ts'
import { type ScriptServer, scriptServer } from './script-server.ts'

let server: ScriptServer
let env: Record<string, string>

before(async () => {
  server = await scriptServer()
  env = { K6_BIN: (await realK6()).path, TARGET: server.url }
})
after(() => server.close())

const script = (name: string): string => projectPath('tests', 'scripts', name)

describe('a script without thresholds', { concurrency: 1 }, () => {
  let run: OwnScriptRun

  before(async () => {
    run = await runOwn(['--vus', '2', '--iterations', '8', script('no-thresholds.js')], { env })
  })

  test('ends as NO_OBJECTIVES, without the word PASS anywhere', async () => {
    assert.equal(run.exitCode, 0, run.stderr)
    assert.match(run.stdout, /^NO_OBJECTIVES {2}no-thresholds/m)
    assert.match(run.stdout, /--suggest-sla/)
    const [folder = ''] = run.runs
    const texts = [run.stdout]
    for (const name of ['verdict.json', 'run.json', 'report.html', 'report.md', 'junit.xml']) {
      texts.push(await readFile(join(folder, name), 'utf8'))
    }
    const history = await cli(['history'], { env: { K6_VERDICT_RESULTS: join(folder, '..') } })
    const again = await cli(['report', folder], { env })
    for (const text of [...texts, history.stdout, again.stdout]) assert.doesNotMatch(text, /\bPASS/)
    assert.equal(again.exitCode, 0, again.stderr)
  })

  test('says whom it has reached, and no secret of its URLs', async () => {
    const [folder = ''] = run.runs
    const manifest = await readManifest(folder)
    assert.deepEqual(manifest.script?.reached, [new URL(server.url).host])
    for (const name of await readdir(folder)) {
      if (name === 'script.tar') continue
      const bytes = await readFile(join(folder, name), 'latin1')
      assert.ok(!bytes.includes('planted-secret'), name)
    }
  })

  test('gives an SLA file that the next run meets', async () => {
    const { folder } = run
    const told = await runOwn(['--suggest-sla', script('no-thresholds.js')], { env, folder })
    assert.equal(told.exitCode, 0, told.stderr)
    const sla = join(folder, 'sla.json')
    const { workload, objectives } = JSON.parse(told.stdout) as {
      workload: string
      objectives: { id: string; limit: string }[]
    }
    assert.deepEqual(
      objectives.map(({ id }) => id),
      ['errors', 'latency-p50'],
    )
    // Eight requests prove little, and this machine may be slow by now.
    const wide = objectives.map((each) => ({
      ...each,
      limit: each.id === 'errors' ? '< 50%' : '< 9s',
    }))
    await writeFile(sla, JSON.stringify({ workload, objectives: wide }))
    const judged = await runOwn(['--sla', 'sla.json', '-i', '40', script('no-thresholds.js')], {
      ...{ env, folder },
    })
    assert.equal(judged.exitCode, 0, judged.stdout)
    assert.equal((await verdictOf(judged.runs.at(-1))).verdict, 'PASS')
  })
})

test('nothing is suggested for a script that has not run', async () => {
  const { exitCode, stderr } = await runOwn(['--suggest-sla', script('no-thresholds.js')], { env })
  assert.equal(exitCode, 2)
  assert.match(stderr, /^error K6V_NOTHING_MEASURED/)
})

describe('another load', () => {
  test('in less time, by fewer users', async () => {
    const words = ['--time-scale', '0.5', '--users', '2', script('ramping-vus.js')]
    const { exitCode, stdout, runs } = await runOwn(words, { env })
    assert.equal(exitCode, 0, stdout)
    const { plan, script: ran } = await readManifest(runs[0] ?? '')
    assert.deepEqual([plan.target, plan.durationSeconds, ran?.isEdited], [2, 1.25, true])
    assert.deepEqual(
      plan.phases.map(({ name }) => name),
      ['ramp-up', 'hold'],
    )
  })

  test('each scenario once', async () => {
    const { exitCode, stdout, runs } = await runOwn(['--smoke', script('several-scenarios.js')], {
      env,
    })
    assert.equal(exitCode, 0, stdout)
    const { verdict, endpoints, delivery } = await verdictOf(runs[0])
    assert.deepEqual([verdict, delivery.iterations], ['NO_OBJECTIVES', 3])
    const names = endpoints.map(({ endpoint }) => endpoint.replace(server.url, ''))
    assert.deepEqual(names.sort(), ['/items', '/ok'])
  })

  test('by two k6, whose samples together decide', async () => {
    const words = ['--instances', '2', script('shared-iterations.js')]
    const { exitCode, stdout, runs } = await runOwn(words, { env })
    assert.equal(exitCode, 0, stdout)
    const { objectives, run } = await verdictOf(runs[0])
    assert.equal(run.instances.length, 2)
    const counted = objectives.find(({ id }) => id === 'my_count: count==12')
    assert.deepEqual([counted?.verdict, counted?.measured], ['PASS', 12])
  })

  test('is refused above a small one until its owner says so', async () => {
    const { exitCode, stderr, runs } = await runOwn(['-u', '60', script('no-thresholds.js')], {
      env,
    })
    assert.deepEqual([exitCode, runs], [2, []])
    assert.match(stderr, /^error K6V_OWNER_UNKNOWN: .* 60 users/)
  })
})

test('a variable of the script stays out of run.json', async () => {
  const words = ['-e', 'TOKEN=planted-secret', '--env=B=planted-secret', script('typed.ts')]
  const { runs } = await runOwn(words, { env })
  const text = await readFile(join(runs[0] ?? '', 'run.json'), 'utf8')
  assert.doesNotMatch(text, /planted-secret/)
  assert.match(text, /-e 'TOKEN=\*\*\*' '--env=B=\*\*\*'/)
})

test('iterations that threw are counted and named, and make the PASS close', async () => {
  const { exitCode, runs, stdout } = await runOwn([script('throws-in-part.js')], { env })
  assert.equal(exitCode, 0, stdout)
  const { verdict, isClose, reasons } = await verdictOf(runs[0])
  assert.deepEqual([verdict, isClose], ['PASS', true])
  const { data } = reasons.find(({ code }) => code === 'ITERATIONS_THREW') ?? {}
  assert.deepEqual([data?.['iterations'], data?.['of']], [2, 15], stdout)
})

test('a threshold that has seen no sample is named beside others, and counters that stay 0 have a value', async () => {
  const words = ['-e', 'SEEN=1', script('thresholds-unseen.js')]
  const { exitCode, runs, stdout } = await runOwn(words, { env })
  assert.equal(exitCode, 0, stdout)
  const { verdict, isClose, objectives } = await verdictOf(runs[0])
  assert.deepEqual([verdict, isClose], ['PASS', true])
  assert.deepEqual(
    objectives.map(({ id, verdict: own, level }) => `${id} ${own} ${level}`).sort(),
    [
      'http_req_duration: p(95)<5000 PASS required',
      'http_req_duration{status:500}: max>=0 NO_DATA advisory',
      'never_added: p(95)<200 NO_DATA advisory',
      'never_raised: count<1 PASS required',
    ],
  )
  assert.match(stdout, /never_added: p\(95\)<200.*k6 lets it pass/)
})

test('a scenario that cannot begin all of its iterations is INVALID', async () => {
  const words = ['-i', '1000', '-d', '1s', '--rps', '10', script('typed.ts')]
  const { exitCode, runs, stdout } = await runOwn(words, { env })
  assert.equal(exitCode, 91, stdout)
  assert.ok(codesOf(await verdictOf(runs[0])).includes('SCENARIO_SHORT'), stdout)
})

test('a run is compared with another one of the same script, and judged again', async () => {
  const words = [script('per-vu-iterations.js')]
  const { folder } = await runOwn(words, { env })
  const { runs } = await runOwn(words, { env, folder })
  const [before = '', now = ''] = runs
  const compared = await cli(['compare', before, now], { env })
  assert.doesNotMatch(compared.stderr, /K6V_NOT_COMPARABLE/)
  const judged = await cli(['judge', now], { env })
  assert.equal(judged.exitCode, 0, judged.stdout + judged.stderr)
  assert.match(judged.stdout, /iterations\{scenario:each\}: count==12/)
})

test('a run streams to Prometheus, with the tags of the script beside those of the run', async () => {
  const receiver = await remoteWriteServer(accept)
  try {
    const words = ['--prometheus', receiver.url, script('groups-and-tags.js')]
    const { exitCode, runs, stdout } = await runOwn(words, { env })
    assert.equal(exitCode, 0, stdout)
    const { prometheus, run } = await verdictOf(runs[0])
    assert.equal(prometheus?.lost, 0)
    assert.ok(receiver.requests.length > 1, `${receiver.requests.length} requests`)
    assert.ok(run.script?.flags.includes('--tag=team=***'), String(run.script?.flags))
  } finally {
    await receiver.close()
  }
})
