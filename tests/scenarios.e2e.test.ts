// Every scenario for real: the real k6, the sandbox, thresholds on, durations shrunk.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { scenarioFiles } from '../scripts/run/scenario-files.ts'
import { type RunningSandbox, startSandbox } from '../scripts/run/sandbox-process.ts'
import { cli, readManifest } from './cli.ts'
import { realK6 } from './k6.ts'

let sandbox: RunningSandbox
let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
  sandbox = await startSandbox()
})
after(() => sandbox.stop())

/** Enough requests for a p99 in a few seconds, with a load that leaves this machine room to breathe. */
const SMALLER: Record<string, string[]> = {
  smoke: [],
  'api-mix': ['--rate', '150', '--duration', '10s', '--time-scale', '0.02'],
}
const USERS = ['--users', '150', '--duration', '8s', '--time-scale', '0.02']

for (const { name } of scenarioFiles()) {
  test(`${name} runs on the sandbox and its verdict is PASS`, async () => {
    const sla = name === 'api-mix' ? ['--sla', 'tests/fixtures/small-load-sla.json'] : []
    const args = [name, '--target', sandbox.url, ...(SMALLER[name] ?? USERS), ...sla]
    const { exitCode, stdout, stderr, runs } = await cli(args, { env: { K6_BIN } })

    assert.equal(exitCode, 0, `${stdout}\n${stderr}`)
    assert.match(stdout, /^PASS/m)
    assert.match(stdout, /Exceptions +none/)

    const [run = ''] = runs
    const manifest = await readManifest(run)
    assert.equal(manifest.verdict, 'PASS')
    assert.equal(manifest.phases?.length, manifest.plan.phases.length)
    for (const file of ['script.js', 'script.js.map', 'summary.json', 'k6.log']) {
      assert.ok((await readFile(join(run, file))).length > 0, `${file} is empty`)
    }
  })
}
