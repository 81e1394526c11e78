// Where a load may go: only to what was named and checked.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
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
    ['https://hunter2:1@', /an http:\/\/ or https:\/\/ URL, got "https:\/\/\*\*\*@"$/],
    ['http://:8080', /an http:\/\/ or https:\/\/ URL/],
    ['http://[::1', /an http:\/\/ or https:\/\/ URL/],
    ['http://[fe80::1%25eth0]', /an http:\/\/ or https:\/\/ URL/],
    ['http://x.invalid:65536', /an http:\/\/ or https:\/\/ URL/],
    ['http://256.1.1.1', /an http:\/\/ or https:\/\/ URL/],
    ['http://0x100000000', /an http:\/\/ or https:\/\/ URL/],
    ['http://x.invalid%00', /an http:\/\/ or https:\/\/ URL/],
    ['http://xn--a.invalid', /an http:\/\/ or https:\/\/ URL/],
    [
      'http://x.invalid:0',
      /a plain host name and a port from 1 to 65535, got "http:\/\/x.invalid:0"$/,
    ],
    ['http://x.invalid,y.invalid', /a plain host name/],
    ['http://*.invalid', /a plain host name/],
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

describe('a host that is written in another way is the same target', () => {
  const spellings: Record<string, string[]> = {
    'http://api.invalid': [
      ...['HTTP://API.Invalid', 'http://api.invalid/', 'http://api.invalid:80//'],
      ...[
        'http://api.invalid:',
        'http://api.invalid:00080',
        'http://api%2einvalid',
        'http:api.invalid',
      ],
    ],
    'https://api.invalid/v1': ['https://api.invalid:443/v1/', 'https:\\\\api.invalid\\v1'],
    'https://api.invalid:80': ['https://api.invalid:80'],
    // With a dot it is another name: whoever looks it up adds no domain to it.
    'http://api.invalid.': ['http://API.invalid.'],
    'http://xn--mnchen-3ya.invalid': ['http://münchen.invalid', 'http://XN--MNCHEN-3YA.invalid'],
    'http://192.0.2.7': [
      ...['http://192.0.519', 'http://3221225991', 'http://0xc0000207', 'http://0300.0.0x2.07'],
      ...['http://192.0.2.7.', 'http://１９２.0.2.7', 'http://192。0。2。7'],
    ],
    'http://[2001:db8::7]': ['http://[2001:DB8:0:0:0:0:0:7]:80', 'http://[2001:db8::0.0.0.7]'],
    'http://[::ffff:c000:207]': ['http://[::FFFF:192.0.2.7]'],
  }
  for (const [base, urls] of Object.entries(spellings)) {
    for (const url of urls) {
      test(url, () => assert.deepEqual(parseTargets([url], []), { base, byRegion: {} }))
    }
  }
})

describe('only this machine is loaded without permission, however it is written', () => {
  const load = { model: 'closed', target: 51, confirmed: false } as const
  const needsPermission = (host: string): boolean => {
    try {
      requirePermission(
        parseTargets([`http://${host}:8080`], []),
        load,
        '/no-such-folder/config.json',
      )
      return false
    } catch (error) {
      if ((error as { code?: string }).code === 'K6V_TARGET_NOT_ALLOWED') return true
      throw error
    }
  }
  for (const host of [
    ...['localhost', 'LocalHost', '127.0.0.1', '127.255.255.254', '127.1', '127.0.0.1.'],
    ...['2130706433', '0x7f000001', '0x7f.1', '017700000001', '127。0。0。1'],
    ...['[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::FFFF:7F00:2]'],
  ]) {
    test(`${host} is this machine`, () => assert.ok(!needsPermission(host)))
  }
  for (const host of [
    ...['localhost.', 'localhost.invalid', '127.0.0.1.invalid', '1270.invalid'],
    ...['0.0.0.0', '0', '128.0.0.1', '126.255.255.255', '2147483649', '0x80000001'],
    ...[
      '[::]',
      '[::2]',
      '[::ffff:128.0.0.1]',
      '[::127.0.0.1]',
      '[64:ff9b::127.0.0.1]',
      '[fe80::1]',
    ],
  ]) {
    test(`${host} may be another one`, () => assert.ok(needsPermission(host)))
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
