// The file k6-verdict.config.json says who may be loaded, and where a redirect may lead.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parseTargets, requirePermission } from '../../plan/target.ts'

describe('allowedTargets', () => {
  const isAllowed = async (text: string | Uint8Array, url: string): Promise<boolean> => {
    const folder = await mkdtemp(join(tmpdir(), 'k6v-config-'))
    const config = join(folder, 'config.json')
    await writeFile(config, text)
    const load = { model: 'open', target: 51, confirmed: false } as const
    try {
      requirePermission(parseTargets([url], []), load, config)
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
    assert.ok(await isAllowed(list('api.example.invalid:80'), 'HTTP://api.example.invalid'))
    assert.ok(await isAllowed(list('192.0.2.7'), 'http://0xc0000207'))
    assert.ok(await isAllowed(list('3221225991:8443'), 'http://192.0.2.7:8443'))
    assert.ok(await isAllowed(list('[2001:db8:0:0::7]:443'), 'https://[2001:db8::0.0.0.7]'))
    assert.ok(await isAllowed(list('api.example.invalid.'), 'http://API.example.invalid.'))
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
    assert.ok(!(await isAllowed(list('api.example.invalid'), 'http://api.example.invalid.')))
    assert.ok(!(await isAllowed(list('example.invalid'), 'http://example.invalid.evil.invalid')))
    assert.ok(!(await isAllowed(list('[2001:db8::1]:80'), 'https://[2001:db8::1]')))
    // 21 is the usual port of a scheme, too, though not of one that is loaded.
    for (const port of ['21', '80', '443']) {
      const entry = list(`api.example.invalid:${port}`)
      assert.ok(!(await isAllowed(entry, 'http://api.example.invalid:8080')), port)
    }
  })

  for (const text of [
    'null',
    '[]',
    '7',
    '"x"',
    '',
    '{"allowedTargets":"x"}',
    '{"allowedTargets":[7]}',
    '{"allowedTargets":["*.example.invalid"]}',
    '{"allowedTargets":["example.invalid:0"]}',
    '{"allowedTargets":["example.invalid:65536"]}',
    '{"allowedTargets":["ftp://example.invalid"]}',
    '{"allowedTargets":["a.invalid,b.invalid"]}',
    '{"allowedTargets":[""]}',
    '{',
  ]) {
    test(`${text} is one clear error`, async () => {
      await assert.rejects(isAllowed(text, 'http://api.example.invalid'), {
        code: 'K6V_CONFIG_UNUSABLE',
      })
    })
  }
})
