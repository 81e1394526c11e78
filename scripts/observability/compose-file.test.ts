// There is no Docker to try it with everywhere: what can be known of the files is checked here.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse, parseDocument } from 'yaml'
import { projectPath } from '../core/project.ts'
import { grafanaEnvironment, serverCommands } from './server-commands.ts'
import { stackFolder } from './stack-folder.ts'
import { composeEnvironment } from './start-compose.ts'

interface Service {
  image: string
  command?: string[]
  environment?: Record<string, string>
  env_file?: string
  ports: string[]
  volumes: string[]
}

const text = readFileSync(projectPath('grafana', 'compose.yaml'), 'utf8')
const { services } = parse(text) as { services: Record<string, Service> }
const all = Object.values(services)

const PORTS = { prometheus: 19_090, alertmanager: 19_093, grafana: 13_000 }
const folder = stackFolder({}, '/data')
const docker = { path: 'docker', sharesHostNetwork: true }
const environment = composeEnvironment({ folder, ports: PORTS }, docker)

const PLAN = { folder, ports: PORTS, rules: [], alertmanagerConfig: undefined, env: {} }
const BINARIES = {
  prometheus: { path: 'prometheus', version: { text: '3.13.2', major: 3, minor: 13 } },
  alertmanager: 'alertmanager',
  promtool: undefined,
  grafana: { home: '/grafana', program: '/grafana/bin/grafana', command: ['server'] },
}

test('Compose has the three servers, each image pinned to one version', () => {
  assert.deepEqual(Object.keys(services).sort(), ['alertmanager', 'grafana', 'prometheus'])
  for (const { image } of all) assert.match(image, /^[a-z]+\/[a-z]+:v?\d+\.\d+\.\d+$/)
})

test('every port is bound to loopback, also where the machine shares its network', () => {
  for (const { ports } of all) {
    assert.equal(ports.length, 1)
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:\$\{K6V_\w+_PORT:-\d+\}:\d+$/)
  }
  assert.equal(environment['K6V_LISTEN'], '127.0.0.1')
  const listening = [
    ...all.flatMap(({ command = [] }) => command.filter((flag) => flag.includes('web.listen'))),
    services['grafana']?.environment?.['GF_SERVER_HTTP_ADDR'] ?? '',
  ]
  assert.equal(listening.length, 3)
  for (const each of listening) assert.match(each, /\$\{K6V_LISTEN:-0\.0\.0\.0\}/)
})

test('what is mounted exists: in the project, or in the data folder that a start makes', () => {
  const made = Object.values({ ...folder, ...folder.data }).filter((path) => path !== folder.data)
  for (const volume of all.flatMap(({ volumes }) => volumes)) {
    const [, data, own] = /^(?:\$\{K6V_DATA:-[^}]+\}\/([^:]+)|\.\/([^:]+)):\//.exec(volume) ?? []
    if (own !== undefined) assert.ok(existsSync(projectPath('grafana', own)), volume)
    else assert.ok(made.includes(join('/data', data ?? '-')), volume)
  }
})

test('every variable of Compose that has no default is set, and every one that is set is used', () => {
  const used = new Set([...text.matchAll(/\$\{(K6V_\w+):-/g)].map(([, name]) => name))
  assert.equal(
    [...text.matchAll(/\$\{?K6V_\w+/g)].length,
    [...text.matchAll(/\$\{K6V_\w+:-/g)].length,
  )
  for (const name of Object.keys(environment)) assert.ok(used.has(name), name)
})

test('on Linux the override gives each server the network of the machine instead of ports', () => {
  const override = parseDocument(
    readFileSync(projectPath('grafana', 'compose.linux.yaml'), 'utf8'),
    { customTags: [{ tag: '!reset', collection: 'seq' }] },
  )
  assert.deepEqual(override.errors, [])
  const { services: changed } = override.toJS() as {
    services: Record<string, { network_mode: string; ports: unknown[] }>
  }
  assert.deepEqual(Object.keys(changed).sort(), Object.keys(services).sort())
  for (const { network_mode: network, ports } of Object.values(changed)) {
    assert.deepEqual([network, ports.length], ['host', 0])
  }
})

test('servers in containers have the flags of those on the machine, paths and addresses apart', () => {
  const names = (args: readonly string[] = []) =>
    args
      .map((flag) => (/retention|resend|cluster/.test(flag) ? flag : flag.split('=', 1)[0]))
      .sort()
  for (const { name, args } of serverCommands(PLAN, BINARIES)) {
    if (name === 'Grafana') continue
    assert.deepEqual(names(services[name.toLowerCase()]?.command), names(args), name)
  }
})

test('Grafana finds every variable of its provisioning, in a container or not', () => {
  const files = ['datasources', 'dashboards'].flatMap((kind) => {
    const path = projectPath('grafana', 'provisioning', kind)
    return readdirSync(path).map((name) => readFileSync(join(path, name), 'utf8'))
  })
  const wanted = files.flatMap((file) => [...file.matchAll(/\$(K6V_\w+)/g)].map(([, name]) => name))
  assert.equal(wanted.length, 3)
  const here = grafanaEnvironment(PLAN)
  const inContainer = services['grafana']?.environment ?? {}
  for (const name of wanted) {
    assert.ok(name !== undefined && name in here && name in inContainer, name)
  }
})

test('everybody may look and nobody may log in, in a container or not', () => {
  const here = grafanaEnvironment(PLAN)
  assert.equal(here['GF_AUTH_ANONYMOUS_ORG_ROLE'], 'Viewer')
  assert.equal(here['GF_AUTH_DISABLE_LOGIN_FORM'], 'true')
  assert.equal(here['GF_AUTH_BASIC_ENABLED'], 'false')
  assert.equal(here['GF_SERVER_HTTP_ADDR'], '127.0.0.1')
  assert.equal(services['grafana']?.env_file, 'grafana.env')
})

test('the data source asks every five seconds, as often as runs push', () => {
  const { datasources } = parse(
    readFileSync(projectPath('grafana', 'provisioning', 'datasources', 'prometheus.yml'), 'utf8'),
  ) as { datasources: { type: string; jsonData: { timeInterval?: string }; isDefault?: boolean }[] }
  const [prometheus, ...others] = datasources
  assert.deepEqual(
    [prometheus?.type, prometheus?.isDefault, prometheus?.jsonData.timeInterval],
    ['prometheus', true, '5s'],
  )
  assert.ok(others.every(({ isDefault }) => isDefault !== true))
})
