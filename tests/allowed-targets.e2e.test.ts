// k6-verdict.config.json in a copy of the project: who may be loaded, and what gets no request. Linux takes 0.0.0.0 for
// this machine, and the guard does not: so both sides of it can be seen without another machine.
import assert from 'node:assert/strict'
import { cp, rm, writeFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { codesOf, type CliResult, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { copyProject } from './project-copy.ts'
import { listen, type ListeningServer } from './redirecting-servers.ts'
import { startCli } from './start-cli.ts'

const FIXTURE = join('tests', 'fixtures', 'led-astray')
/** One more than what needs no permission. */
const LOAD = ['api-mix', '--rate', '51', '--duration', '2s', '--time-scale', '0.01']

let project: string
let target: ListeningServer
let other: ListeningServer
let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
  project = await copyProject()
  await cp(projectPath(FIXTURE), join(project, FIXTURE), { recursive: true })
  other = await listen('127.0.0.2')
  target = await listen('127.0.0.1', (path) => (path.startsWith('/moved') ? other.url : undefined))
})
after(async () => {
  await target.close()
  await other.close()
  await rm(project, { recursive: true })
})

/** A run above the small load, where the file of the project lists these hosts. */
async function load(url: string, ...allowedTargets: string[]): Promise<CliResult> {
  await writeFile(join(project, 'k6-verdict.config.json'), JSON.stringify({ allowedTargets }))
  const of = ['--workload', FIXTURE, '--sla', join(FIXTURE, 'sla.json'), '--target', url]
  const { ended } = await startCli([...LOAD, ...of], { project, env: { K6_BIN } })
  return ended
}

const SKIP = platform() !== 'linux' && 'elsewhere 0.0.0.0 is no address'

test(
  'what the file lists gets the whole load, and a redirect may lead there',
  { skip: SKIP },
  async () => {
    const allowed = [`0.0.0.0:${target.port}`, other.url]
    const { runs, stdout, stderr } = await load(`HTTP://0x0:${target.port}/`, ...allowed)

    assert.equal(runs.length, 1, stderr)
    const verdict = await verdictOf(runs[0])
    assert.ok(!codesOf(verdict).includes('REDIRECT_REFUSED'), stdout)
    assert.ok(target.requests.filter(({ url }) => url.startsWith('/moved')).length > 51, stdout)
    assert.ok(other.requests.length > 51, stdout)
  },
)

for (const [url, allowed] of [
  ['http://0.0.0.0:<port>', '0.0.0.0:1'],
  ['http://0:<port>', 'https://0.0.0.0:<port>'],
  ['http://0.0.0.0:<port>', 'localhost'],
  ['http://[::]:<port>', '[::1]:<port>'],
  ['http://api.invalid', 'api.invalid.'],
  ['http://api.invalid:8080', 'api.invalid:80'],
  ['http://api.invalid', 'invalid'],
] as const) {
  test(`${url} gets no request where ${allowed} is listed`, async () => {
    const before = target.connections()
    const withPort = (text: string): string => text.replace('<port>', String(target.port))
    const { exitCode, stdout, stderr, runs } = await load(withPort(url), withPort(allowed))

    assert.equal(exitCode, 2, stdout + stderr)
    assert.match(
      stderr,
      /^error K6V_TARGET_NOT_ALLOWED: Expected permission to send 51 iterations\/s to /,
    )
    assert.deepEqual([target.connections() - before, runs], [0, []])
  })
}

for (const [url, allowed] of [
  ['http://API.Invalid:80', 'api.invalid'],
  ['https://api.invalid', 'API.INVALID:443'],
  ['http://api.invalid.:8080', 'Api.invalid.'],
  ['http://münchen.invalid', 'XN--MNCHEN-3YA.invalid'],
] as const) {
  test(`${url} is asked where ${allowed} is listed, and is not there`, async () => {
    const { exitCode, stdout, stderr, runs } = await load(url, allowed)

    assert.equal(exitCode, 1, stdout + stderr)
    assert.match(
      stderr,
      /^error K6V_TARGET_UNREACHABLE: Expected an answer from .*, got none: lookup/m,
    )
    assert.deepEqual(runs, [])
  })
}

test('a pattern in the file is an error, and not a list that allows nothing', async () => {
  const { exitCode, stderr } = await load('http://api.invalid', '*.invalid')

  assert.equal(exitCode, 2, stderr)
  assert.match(
    stderr,
    /^error K6V_CONFIG_UNUSABLE: k6-verdict\.config\.json: expected "allowedTargets"/,
  )
})
