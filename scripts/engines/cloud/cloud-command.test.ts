import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cloudCommand } from './cloud-command.ts'

const request = {
  token: 'secret',
  settings: { name: 'n', projectID: 1, stackID: 2, execution: 'cloud' },
} as const

const targets = { base: 'https://a.example.com', byRegion: { 'eu-west': 'https://eu.example.com' } }

function commandFor(env: NodeJS.ProcessEnv) {
  return cloudCommand({ script: 'script.js', targets, request, env })
}

test('load zones get the targets as arguments, and k6 nothing that changes the test', () => {
  const { args, env } = commandFor({
    K6_VUS: '5',
    MY_KEY: 'private',
    K6_CLOUD_HOST_V6: 'http://127.0.0.1:1',
    HTTPS_PROXY: 'http://proxy.example:3128',
  })

  assert.deepEqual(args, [
    ...['cloud', 'run', '--no-color'],
    ...['--env', 'BASE_URL=https://a.example.com'],
    ...['--env', 'BASE_URL_EU_WEST=https://eu.example.com'],
    ...['--env', 'ALLOWED_TARGETS=https://a.example.com,https://eu.example.com'],
    'script.js',
  ])
  assert.equal(env['K6_VUS'], undefined)
  assert.equal(env['MY_KEY'], undefined)
  assert.equal(env['K6_INCLUDE_SYSTEM_ENV_VARS'], undefined)
  assert.equal(env['K6_CLOUD_HOST_V6'], 'http://127.0.0.1:1')
  assert.equal(env['HTTPS_PROXY'], 'http://proxy.example:3128', 'the API may be behind it')
})

test('no secret is an argument', () => {
  const proxy = 'http://user:proxy-word@proxy.example:3128'
  const { args, env } = commandFor({
    AUTH_USERNAME: 'anna',
    AUTH_PASSWORD: 'pass-word',
    HTTPS_PROXY: proxy,
  })

  assert.doesNotMatch(args.join(' '), /secret|pass-word|proxy-word/)
  assert.equal(env['HTTPS_PROXY'], proxy)
  assert.ok(args.includes('HTTPS_PROXY='), 'empty in the archive')
  assert.equal(env['AUTH_PASSWORD'], 'pass-word')
  assert.equal(env['K6_INCLUDE_SYSTEM_ENV_VARS'], 'true')
})
