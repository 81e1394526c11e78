import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { k6Environment, usableMemoryBytes } from './environment.ts'

const totalMemoryBytes = 8 * 1_073_741_824

function environmentFrom(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return k6Environment({ env, totalMemoryBytes, configFile: 'empty.json' })
}

test('k6 runs hermetically, in UTC, with fewer garbage collections', () => {
  assert.deepEqual(environmentFrom({}), {
    K6_CONFIG: 'empty.json',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    K6_NO_USAGE_REPORT: 'true',
    TZ: 'UTC',
    GOGC: '400',
    GOMEMLIMIT: '6553MiB',
  })
})

test('a users file is named by its whole path, as k6 would look for it beside the script', () => {
  const { AUTH_USERS_FILE } = environmentFrom({ AUTH_USERS_FILE: 'users.csv' })
  assert.equal(AUTH_USERS_FILE, resolve('users.csv'))
})

for (const name of [
  'K6_VUS',
  'K6_DURATION',
  'K6_TAGS',
  'K6_OUT',
  'K6_JSON_FILENAME',
  'K6_CSV_SAVE_INTERVAL',
  'K6_WEB_DASHBOARD',
  'K6_FEATURES',
  'K6_CLOUDRUN_TEST_RUN_ID',
  'K6_VERDICT_SLACK_WEBHOOK',
  'HTTP_PROXY',
  'https_proxy',
  'No_Proxy',
  'ALL_PROXY',
]) {
  test(`${name} does not reach k6`, () => {
    assert.ok(!(name in environmentFrom({ [name]: 'x' })))
  })
}

for (const name of [
  'K6_PROMETHEUS_RW_SERVER_URL',
  'K6_OTEL_EXPORTER_TYPE',
  'K6_INFLUXDB_USERNAME',
  'K6_STATSD_ADDR',
  'K6_CLOUD_TOKEN',
  'K6_BROWSER_EXECUTABLE_PATH',
  'PATH',
]) {
  test(`${name} reaches k6`, () => {
    assert.equal(environmentFrom({ [name]: 'x' })[name], 'x')
  })
}

for (const [name, value] of [
  ['K6_CONFIG', 'mine.json'],
  ['K6_AUTO_EXTENSION_RESOLUTION', 'true'],
  ['K6_NO_USAGE_REPORT', 'false'],
  ['TZ', 'Asia/Tokyo'],
] as const) {
  test(`the user's own ${name} gives way`, () => {
    assert.notEqual(environmentFrom({ [name]: value })[name], value)
  })
}

for (const name of ['GOGC', 'GOMEMLIMIT']) {
  test(`the user's own ${name} wins`, () => {
    assert.equal(environmentFrom({ [name]: '123' })[name], '123')
  })
}

for (const { limit, expected, what } of [
  { what: 'no known limit', limit: undefined, expected: 8_000 },
  { what: 'a limit of 0, which means none', limit: 0, expected: 8_000 },
  { what: 'the largest number there is, which means none', limit: 2 ** 64, expected: 8_000 },
  { what: 'a limit below it', limit: 2_000, expected: 2_000 },
]) {
  test(`with ${what}, ${expected} of 8000 bytes of memory are usable`, () => {
    assert.equal(usableMemoryBytes(8_000, limit), expected)
  })
}

test('this machine has memory', () => {
  assert.ok(usableMemoryBytes() > 0 && Number.isFinite(usableMemoryBytes()))
})
