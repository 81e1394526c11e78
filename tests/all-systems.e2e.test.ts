// The suite of this project: one scenario of each system on the sandbox, and one report.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { cli, retryIfStarved } from './cli.ts'
import { realK6 } from './k6.ts'

const SYSTEMS = ['better-prompts', 'value-canvas', 'cost-agent', 'collection-store', 'mcp-service']

test('suites/all-systems.yaml runs one scenario of each system and writes one report', async () => {
  const { path: K6_BIN } = await realK6()
  const args = ['suite', 'suites/all-systems.yaml']
  const made = await retryIfStarved('all systems', () => cli(args, { env: { K6_BIN } }))
  const { exitCode, stdout, stderr, runs } = made

  assert.equal(exitCode, 0, `${stdout}\n${stderr}`)
  for (const system of SYSTEMS) {
    assert.match(stdout, new RegExp(`^\\d +smoke on ${system} +smoke +${system} +PASS `, 'm'))
  }
  const reports = runs.filter((folder) => existsSync(join(folder, 'suite.json')))
  assert.equal(reports.length, 1)
  assert.ok(existsSync(join(reports[0] ?? '', 'report.html')))
  // One folder for the suite, and one for each run.
  assert.equal(runs.length, SYSTEMS.length + 1)
})
