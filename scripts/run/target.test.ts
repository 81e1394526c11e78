// Where a load may go: only to what was named and checked.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { k6Environment } from '../k6/environment.ts'
import { parseTargets, requirePermission, targetEnvironment } from './target.ts'

describe('a URL that cannot be a target is refused, and no secret of it is repeated', () => {
  const refused: [url: string, rule: RegExp][] = [
    [
      'http://127.0.0.1:1/?api_key=hunter2',
      /without a query and a fragment, got "http:\/\/127\.0\.0\.1:1\/"$/,
    ],
    ['http://127.0.0.1:1?hunter2', /without a query/],
    ['http://127.0.0.1:1/#hunter2', /without a query and a fragment/],
    ['http://127.0.0.1:1/?', /without a query/],
    [
      'http://me:hunter2@127.0.0.1:1',
      /without a name and a password, got "http:\/\/\*\*\*@127\.0\.0\.1:1"$/,
    ],
    ['http://hunter2@127.0.0.1:1', /without a name/],
    ['http://me:hun/ter2@127.0.0.1:1', /http:\/\/ or https:\/\/ URL|without a name/],
    [
      'ftp://me:hunter2@127.0.0.1:1',
      /an http:\/\/ or https:\/\/ URL, got "ftp:\/\/\*\*\*@127\.0\.0\.1:1"$/,
    ],
    ['me:hunter2@127.0.0.1', /an http:\/\/ or https:\/\/ URL/],
    [
      'eu-west=http://me:hunter2@127.0.0.1:1',
      /a URL \(this scenario has no regions\), got "\/\/\*\*\*@/,
    ],
    ['127.0.0.1:8080', /an http:\/\/ or https:\/\/ URL/],
    ['http://', /an http:\/\/ or https:\/\/ URL/],
    ['', /an http:\/\/ or https:\/\/ URL/],
  ]
  for (const [url, rule] of refused) {
    test(url, () => {
      assert.throws(
        () => parseTargets([url], []),
        ({ message }: Error) => rule.test(message) && !/hunter2|ter2/.test(message),
      )
    })
  }
})

test('the same host in other letters, with a slash or the usual port is the same target', () => {
  for (const url of [
    'http://API.example.com',
    'http://api.example.com/',
    'http://api.example.com:80//',
  ]) {
    assert.deepEqual(parseTargets([url], []), { base: 'http://api.example.com', byRegion: {} })
  }
})

test('the URL of a region needs permission, just as the target does', () => {
  const targets = parseTargets(
    ['http://127.0.0.1:1', 'eu-west=http://eu.example.invalid'],
    ['eu-west'],
  )
  const load = { model: 'closed', target: 60, confirmed: false } as const
  assert.throws(
    () => requirePermission(targets, load),
    /60 users to eu\.example\.invalid, found none/,
  )
  requirePermission(targets, { ...load, confirmed: true })
})

describe('allowedTargets', () => {
  const isAllowed = async (text: string | Uint8Array, url: string): Promise<boolean> => {
    const folder = await mkdtemp(join(tmpdir(), 'k6v-config-'))
    const config = join(folder, 'config.json')
    await writeFile(config, text)
    const load = { model: 'open', target: 51, confirmed: false } as const
    try {
      requirePermission({ base: url, byRegion: {} }, load, config)
      return true
    } catch (error) {
      if ((error as { code?: string }).code === 'K6V_TARGET_NOT_ALLOWED') return false
      throw error
    } finally {
      await rm(folder, { recursive: true })
    }
  }
  const list = (...hosts: string[]): string => JSON.stringify({ allowedTargets: hosts })

  test('are compared as URLs write them', async () => {
    assert.ok(await isAllowed(list('Api.Example.Invalid'), 'http://api.example.invalid'))
    assert.ok(await isAllowed(list('https://api.example.invalid'), 'https://api.example.invalid'))
    assert.ok(await isAllowed(list('api.example.invalid:443'), 'https://api.example.invalid'))
    assert.ok(await isAllowed(list('münchen.invalid'), 'http://xn--mnchen-3ya.invalid'))
    assert.ok(await isAllowed(list('[2001:DB8::1]'), 'http://[2001:db8::1]:8080'))
    assert.ok(await isAllowed(list('api.example.invalid:8443'), 'http://api.example.invalid:8443'))
  })

  test('may begin with a byte order mark', async () => {
    const text = `\uFEFF${list('api.example.invalid')}`
    assert.ok(await isAllowed(text, 'http://api.example.invalid'))
  })

  test('in a folder, or in what is no UTF-8, are one clear error', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'k6v-config-'))
    const load = { model: 'open', target: 51, confirmed: false } as const
    await mkdir(join(folder, 'config.json'))
    assert.throws(
      () =>
        requirePermission(
          { base: 'http://x.invalid', byRegion: {} },
          load,
          join(folder, 'config.json'),
        ),
      { code: 'K6V_CONFIG_UNUSABLE' },
    )
    await rm(folder, { recursive: true })
    const latin1 = Buffer.from(list('münchen.invalid'), 'latin1')
    await assert.rejects(isAllowed(latin1, 'http://x.invalid'), { code: 'K6V_CONFIG_UNUSABLE' })
  })

  test('allow no other host, and no other port where they name one', async () => {
    assert.ok(!(await isAllowed(list('example.invalid'), 'http://api.example.invalid')))
    assert.ok(!(await isAllowed(list('api.example.invalid:8443'), 'http://api.example.invalid')))
    assert.ok(!(await isAllowed(list('api.example.invalid:80'), 'https://api.example.invalid')))
    assert.ok(!(await isAllowed(list('https://api.example.invalid'), 'http://api.example.invalid')))
    assert.ok(!(await isAllowed('{}', 'http://api.example.invalid')))
  })

  for (const text of [
    'null',
    '[]',
    '7',
    '"x"',
    '',
    '{"allowedTargets":"x"}',
    '{"allowedTargets":[7]}',
    '{',
  ]) {
    test(`${text} is one clear error`, async () => {
      await assert.rejects(isAllowed(text, 'http://api.example.invalid'), {
        code: 'K6V_CONFIG_UNUSABLE',
      })
    })
  }
})

test('a redirect may lead to the origin of every target, and to what the config allows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-config-'))
  const config = join(folder, 'config.json')
  const targets = parseTargets(
    ['http://API.invalid/v1', 'eu-west=https://eu.invalid:443'],
    ['eu-west'],
  )
  try {
    assert.deepEqual(targetEnvironment(targets, config), {
      BASE_URL: 'http://api.invalid/v1',
      BASE_URL_EU_WEST: 'https://eu.invalid',
      ALLOWED_TARGETS: 'http://api.invalid,https://eu.invalid',
    })
    await writeFile(config, JSON.stringify({ allowedTargets: ['Files.invalid', '[::1]:80'] }))
    assert.deepEqual(targetEnvironment({ byRegion: {} }, config), {
      ALLOWED_TARGETS: 'files.invalid,[::1]:80',
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('no target of the shell reaches k6, nor what it would allow', () => {
  const env = {
    ALLOWED_TARGETS: 'x.invalid',
    BASE_URL: 'http://x.invalid',
    BASE_URL_EU_WEST: 'http://y.invalid',
    Base_Url: 'z',
    OTHER: '1',
  }
  const kept = k6Environment({ env, totalMemoryBytes: 1e9 })
  assert.deepEqual(
    Object.keys(kept).filter((name) => /base_url|allowed/i.test(name)),
    [],
  )
  assert.equal(kept['OTHER'], '1')
})
