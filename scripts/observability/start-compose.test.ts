// With a stand-in for docker: only what it is told to do can be seen without a daemon.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { writeProgram } from '../../tests/support/k6/fake-k6.ts'
import { projectPath } from '../core/project.ts'
import { freePort } from '../core/free-port.ts'
import { findDocker } from './find-docker.ts'
import { type DockerState, dockerProgram } from '../../tests/support/observability/programs.ts'
import { stackFolder } from './stack-folder.ts'
import { startCompose } from './start-compose.ts'

async function machine(t: TestContext, state: DockerState = {}) {
  const { context, bin } = await bareMachine(t)
  const calls = join(dirname(bin), 'calls')
  await writeProgram(join(bin, 'docker'), dockerProgram({ calls, ...state }))
  const docker = await findDocker(context)
  if ('missing' in docker) assert.fail(docker.missing)
  const ports = {
    prometheus: await freePort(),
    alertmanager: await freePort(),
    grafana: await freePort(),
  }
  const folder = stackFolder({}, join(dirname(bin), 'data'))
  const plan = { folder, ports, rules: [], alertmanagerConfig: undefined, env: context.env }
  const called = async () => (await readFile(calls, 'utf8').catch(() => '')).trim().split('\n')
  return { docker, plan, called }
}

const FILE = `--file ${projectPath('grafana', 'compose.yaml')}`
const LINUX_FILE = `--file ${projectPath('grafana', 'compose.linux.yaml')}`

test('on Linux, Compose is told to share the network and to listen on loopback', async (t) => {
  const { docker, plan, called } = await machine(t)
  const stack = await startCompose(plan, docker)
  const variables = `K6V_LISTEN=127.0.0.1 K6V_DATA=${plan.folder.path} K6V_GRAFANA_PORT=${plan.ports.grafana}`
  assert.deepEqual(await called(), [
    `compose ${FILE} ${LINUX_FILE} up --detach --remove-orphans`,
    variables,
  ])
  assert.equal(stack.scrapeHost, '127.0.0.1')
  assert.deepEqual(
    stack.servers.map(({ readyUrl }) => new URL(readyUrl).pathname),
    ['/-/ready', '/-/ready', '/api/health'],
  )
  await stack.stop()
  assert.equal((await called()).at(-2), `compose ${FILE} ${LINUX_FILE} down`)
})

for (const system of ['Docker Desktop [name=seccomp]', 'Debian [name=rootless]']) {
  test(`containers of ${system} call this machine by another name`, async (t) => {
    const { docker, plan, called } = await machine(t, { system })
    const stack = await startCompose(plan, docker)
    assert.equal((await called())[0], `compose ${FILE} up --detach --remove-orphans`)
    assert.match((await called())[1] ?? '', /^K6V_LISTEN= /)
    assert.equal(stack.scrapeHost, 'host.docker.internal')
    const address = await readFile(join(plan.folder.alertmanagers, 'local.json'), 'utf8')
    assert.match(address, /"alertmanager:9093"/)
    await stack.stop()
  })
}

test('a Docker that refuses is quoted, and what it had started is taken down', async (t) => {
  const { docker, plan, called } = await machine(t)
  const program = await readFile(docker.path, 'utf8')
  const failing = program.replace(
    'exit 0',
    `case "$*" in *' up '*) echo no space left; exit 1;; esac`,
  )
  await writeProgram(docker.path, failing)
  await assert.rejects(startCompose(plan, docker), {
    code: 'K6V_DOCKER_FAILED',
    message: /"docker compose up" failed:\nno space left/,
  })
  assert.match((await called()).at(-2) ?? '', / down$/)
})

test('a port that is taken is said before Docker is asked', async (t) => {
  const { docker, plan, called } = await machine(t)
  const server = createServer().listen(plan.ports.grafana, '127.0.0.1')
  t.after(() => server.close())
  await assert.rejects(startCompose(plan, docker), {
    code: 'K6V_PORT_TAKEN',
    message: /for Grafana/,
    hint: /--grafana-port/,
  })
  assert.deepEqual(await called(), [''])
})
