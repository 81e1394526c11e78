// Regions with a network of their own on this machine: the real k6 through the real Toxiproxy.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { findGo } from '../scripts/k6/go-toolchain.ts'
import { projectPath } from '../scripts/core/project.ts'
import { parseRegionLatency } from '../scripts/toxiproxy/region-latency.ts'
import { cli, cliArguments, retryIfStarved, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'

const LOAD = ['--users', '30', '--time-scale', '0.015']

const go = await findGo({ env: process.env, platform: process.platform })
// Skipping is a convenience on a laptop. In CI it would hide that nothing was measured.
const skip = 'problem' in go && !process.env['CI'] ? go.problem : false

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

test('each region answers later by the latency of its network', { skip }, async () => {
  const args = [...LOAD, '--region-latency', 'default']
  const result = await retryIfStarved('geo-distributed', () =>
    cli(['geo-distributed', ...args], { env: { K6_BIN } }),
  )

  const [folder = ''] = result.runs
  const file = await verdictOf(folder)
  const regions = file.series.breakdowns.find(({ tag }) => tag === 'region')?.rows ?? []
  const p50 = Object.fromEntries(regions.map(({ endpoint, p50Ms = 0 }) => [endpoint, p50Ms]))
  const { 'us-east': us = 0, 'eu-west': eu = 0, 'ap-south': ap = 0 } = p50
  // The same sandbox answers all: what differs is the network, 20, 80 and 180 ms.
  const told = JSON.stringify(p50)
  assert.ok(us >= 20 && eu >= 80 && ap >= 180, told)
  assert.ok(Math.abs(eu - us - 60) < 35, told)
  assert.ok(Math.abs(ap - eu - 100) < 45, told)

  const { target } = file.run
  assert.deepEqual(target.byRegion, {}, 'the proxies are no targets')
  assert.deepEqual(target.regionLatency, parseRegionLatency('default', Object.keys(p50)))
  const judged = file.objectives.filter(({ id }) => id.startsWith('latency-region '))
  assert.deepEqual(
    judged.map(({ id }) => id),
    ['us-east', 'eu-west', 'ap-south'].map((region) => `latency-region [${region}]`),
  )
  for (const { measured, id } of judged) assert.ok((measured ?? 0) >= 20, id)
  assert.match(result.stdout, /Region +Requests.*latency-region < 300ms/)
  const markdown = await readFile(join(folder, 'report.md'), 'utf8')
  assert.match(markdown, /\| Region \| Requests \|.*latency-region/)
  assert.match(await readFile(join(folder, 'report.html'), 'utf8'), /id="regions"/)
})

// Linux alone says in /proc which processes are whose.
const skipProcesses = skip || (process.platform !== 'linux' && 'there is no /proc')

test('one Ctrl+C ends the proxies after k6', { skip: skipProcesses }, async () => {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  const args = ['geo-distributed', ...LOAD, '--duration', '60s', '--region-latency', 'eu-west=40ms']
  const child = execa('node', cliArguments(args), {
    cwd: projectPath(),
    env: { K6_VERDICT_RESULTS: results, NO_COLOR: '1', K6_BIN },
    stdin: 'ignore',
    reject: false,
    timeout: 90_000,
  })
  const { pid = 0 } = child
  while ((await sizeOfSamples(results)) < 20_000) await sleep(200)
  const proxies = await childrenOf(pid, 'toxiproxy-serve')
  assert.equal(proxies.length, 1)
  child.kill('SIGINT')
  const { exitCode, stdout } = await child

  assert.equal(exitCode, 105, stdout)
  // k6 could still log its users out through them: no request was refused by a proxy that was gone.
  assert.doesNotMatch(stdout, /connection refused/)
  for (const proxy of proxies) assert.throws(() => process.kill(proxy, 0), { code: 'ESRCH' })
})

test('what is no network of the scenario is refused before anything is started', async () => {
  const cases: [args: string[], said: RegExp][] = [
    [['geo-distributed', '--region-latency', 'mars=20ms'], /K6V_REGION_LATENCY.*got mars/],
    [['spike', '--region-latency', 'default'], /K6V_REGION_LATENCY.*has no regions/],
  ]
  for (const [args, said] of cases) {
    const { exitCode, stderr, runs } = await cli([...args, ...LOAD])
    assert.equal(exitCode, 2, stderr)
    assert.match(stderr, said)
    assert.deepEqual(runs, [])
  }
})

async function sizeOfSamples(results: string): Promise<number> {
  const [name = ''] = await readdir(results)
  const text = await readFile(join(results, name, 'samples.csv'), 'utf8').catch(() => '')
  return text.length
}

/** Processes that another one has started, by the first letters of their name. */
async function childrenOf(pid: number, name: string): Promise<number[]> {
  const all = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))
  const found = await Promise.all(
    all.map(async (entry) => {
      const text = await readFile(join('/proc', entry, 'stat'), 'utf8').catch(() => '')
      const [, command = '', parent] = /\((.*)\) \S+ (\d+)/.exec(text) ?? []
      return Number(parent) === pid && command.startsWith(name) ? [Number(entry)] : []
    }),
  )
  return found.flat()
}
