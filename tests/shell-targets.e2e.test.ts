// Where the shell says to send requests, none goes: neither with a target of the command's own, nor with the sandbox.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cli, readManifest } from './cli.ts'
import { realK6 } from './k6.ts'
import { listen, type ListeningServer } from './redirecting-servers.ts'

const SHORT = ['--users', '3', '--duration', '2s', '--time-scale', '0.01']
const LED_ASTRAY = [
  '--workload',
  'tests/fixtures/led-astray',
  '--sla',
  'tests/fixtures/led-astray/sla.json',
]

let target: ListeningServer
let other: ListeningServer
let shell: Record<string, string>

before(async () => {
  target = await listen('127.0.0.1')
  other = await listen('127.0.0.2')
  shell = {
    K6_BIN: (await realK6()).path,
    BASE_URL: other.url,
    BASE_URL_EU_WEST: other.url,
    base_url_us_east: other.url,
    ALLOWED_TARGETS: `127.0.0.2:${other.port}`,
  }
})
after(async () => {
  await target.close()
  await other.close()
})

for (const { title, args, isSandbox } of [
  { title: 'a target for all regions', args: LED_ASTRAY, isSandbox: false },
  { title: 'the sandbox', args: ['--sla', 'tests/fixtures/lenient-sla.json'], isSandbox: true },
]) {
  test(`a run with regions on ${title} sends nothing to the targets of the shell, and says so`, async () => {
    const to = isSandbox ? [] : ['--target', target.url]
    const run = ['geo-distributed', ...SHORT, ...args, ...to]
    const { stdout, stderr, runs } = await cli(run, { env: shell })

    assert.equal(other.connections(), 0)
    assert.equal((await readManifest(runs[0] ?? '')).target.sandbox, isSandbox, stderr)
    assert.match(stdout + stderr, /BASE_URL_EU_WEST/)
    if (!isSandbox) assert.ok(target.requests.length > 10, stdout)
  })
}
