// Grafana beside the other servers. No package ships one, so a stand-in shows how it is started;
// tests/grafana-boards.e2e.test.ts opens every dashboard where GRAFANA_HOME names a real one.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { writeProgram } from './support/k6/fake-k6.ts'
import { projectPath } from '../scripts/core/project.ts'
import { exported, fillPrometheus, TESTID } from './filled-prometheus.ts'
import { skipWithoutServers, startStack, temporaryFolder } from './observability-stack.ts'

const skip = skipWithoutServers()
const realHome = process.env['GRAFANA_HOME']
const skipReal = skip || (realHome ? false : 'no Grafana: GRAFANA_HOME names none')

const STAND_IN = `#!/usr/bin/env node
const { createServer } = require('node:http')
const { writeFileSync } = require('node:fs')
const { env, argv } = process
writeFileSync(env.GF_PATHS_DATA + '/started.json', JSON.stringify({ env, args: argv.slice(2) }))
createServer((_, response) => response.end('ok')).listen(env.GF_SERVER_HTTP_PORT, env.GF_SERVER_HTTP_ADDR)
`

test(
  'the Grafana of GRAFANA_HOME gets our provisioning, and no secret of a run',
  { skip },
  async (t) => {
    const home = await temporaryFolder(t)
    await writeProgram(join(home, 'bin', 'grafana'), STAND_IN)
    const env = { GRAFANA_HOME: home, AUTH_PASSWORD: 'secret', GF_AUTH_BASIC_ENABLED: 'true' }
    const stack = await startStack(t, { args: ['--with', 'binaries'], env })
    assert.match(stack.said(), new RegExp(`^Grafana +${stack.grafana}/d/k6v-run-overview$`, 'm'))

    const text = await readFile(join(stack.folder, 'grafana', 'started.json'), 'utf8')
    const started = JSON.parse(text) as { env: Record<string, string>; args: string[] }
    assert.deepEqual(started.args, ['server', '--homepath', home])
    assert.equal(started.env['GF_PATHS_PROVISIONING'], projectPath('grafana', 'provisioning'))
    assert.equal(started.env['K6V_PROMETHEUS_URL'], stack.prometheus)
    assert.equal(started.env['GF_AUTH_BASIC_ENABLED'], 'false')
    assert.equal(started.env['AUTH_PASSWORD'], undefined)
    assert.equal(await stack.end('SIGTERM'), 0)
  },
)

test(
  'a GRAFANA_HOME without a Grafana is one clear error, and nothing is started',
  { skip },
  async (t) => {
    const env = { GRAFANA_HOME: await temporaryFolder(t) }
    const stack = await startStack(t, { args: ['--with', 'binaries'], env })
    assert.equal(stack.child.exitCode, 2)
    assert.match(stack.said(), /^error K6V_GRAFANA_HOME_UNUSABLE: /m)
  },
)

test(
  'a real Grafana lets nobody in, and its dashboard is printed',
  { skip: skipReal },
  async (t) => {
    const stack = await startStack(t, { args: ['--with', 'binaries'] })
    const { status } = await fetch(`${stack.grafana}/api/admin/settings`, {
      headers: { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` },
    })
    assert.ok(status === 401 || status === 403, `${status}`)

    await fillPrometheus(`${stack.prometheus}/api/v1/write`)
    const from = ['--from-prometheus', stack.prometheus, '--testid', TESTID]
    const what = ['--dashboard', 'run-overview', '--pdf', '--grafana', stack.grafana]
    const { exitCode, stderr, text } = await exported(t, [...from, ...what])
    assert.deepEqual([exitCode, stderr], [0, ''])
    // A page that says that something failed is a few kilobytes.
    assert.ok(text.startsWith('%PDF-') && text.length > 50_000, `${text.length} characters`)
  },
)
