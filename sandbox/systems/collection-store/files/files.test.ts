import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { EveryNth } from '../../../planted-faults.ts'
import { openStore } from '../../../../tests/support/sandbox/store-client.ts'
import { FileStore } from './file-store.ts'
import { imageBytes, thumbnail } from './thumbnail.ts'

const BYTES = Buffer.from(Array.from({ length: 3_000 }, (_, at) => at % 251))
const SUM = createHash('sha256').update(BYTES).digest('hex')

test('a file is uploaded, listed, downloaded byte by byte and deleted', async (t) => {
  const { ask, bytes, send } = await openStore(t)
  const uploaded = await bytes('PUT', 'files/a.bin', BYTES)
  const about = { name: 'a.bin', size: 3_000, stored_size: 3_000, compressed: false, sha256: SUM }
  assert.deepEqual([uploaded.statusCode, uploaded.json()], [201, about])
  assert.deepEqual((await ask('GET', 'files')).json, { files: [about] })
  const { headers, rawPayload } = await bytes('GET', 'files/a.bin')
  assert.deepEqual(rawPayload, BYTES)
  assert.deepEqual([headers['content-encoding'], headers['x-sha256']], [undefined, SUM])
  assert.equal((await send({ url: '/v1/stats' })).json['stored_files'], 1)

  assert.equal((await bytes('DELETE', 'files/a.bin')).statusCode, 204)
  assert.equal((await bytes('GET', 'files/a.bin')).statusCode, 404)
  assert.equal((await bytes('DELETE', 'files/a.bin')).statusCode, 404)
  assert.deepEqual((await ask('GET', 'files')).json, { files: [] })
})

test('a compressed file is smaller on disk, and travels as gzip', async (t) => {
  const { bytes } = await openStore(t)
  const { stored_size: size, sha256 } = (await bytes('PUT', 'files/a?compress=true', BYTES)).json<{
    stored_size: number
    sha256: string
  }>()
  assert.ok(size < 3_000, String(size))
  assert.equal(sha256, SUM)
  const { headers, rawPayload } = await bytes('GET', 'files/a')
  assert.equal(headers['content-encoding'], 'gzip')
  assert.equal(rawPayload.length, size)
  assert.deepEqual(gunzipSync(rawPayload), BYTES)
})

test('another user has no such file', async (t) => {
  const { bytes, login, send } = await openStore(t)
  await bytes('PUT', 'files/a', BYTES)
  const authorization = `Bearer ${(await login(2)).access_token}`
  const url = '/v1/store/files'
  assert.equal((await send({ url: `${url}/a`, headers: { authorization } })).status, 404)
  assert.deepEqual((await send({ url, headers: { authorization } })).json, { files: [] })
})

test('every second upload is stored with a wrong byte where that is planted', async (t) => {
  const { bytes } = await openStore(t, { storeCorruptEvery: 2 })
  for (const isWrong of [false, true]) {
    assert.equal((await bytes('PUT', 'files/a', BYTES)).json<{ sha256: string }>().sha256, SUM)
    const { rawPayload } = await bytes('GET', 'files/a')
    assert.equal(rawPayload.length, 3_000)
    assert.equal(rawPayload.equals(BYTES), !isWrong)
  }
})

test('the folder holds what is stored, no more, and is removed at the end', async () => {
  const files = new FileStore({ bytesMax: 5_000, filesMax: 10, corrupt: new EveryNth(0) })
  const put = (name: string) => files.put(1, { name, bytes: BYTES, compress: false })
  await put('a')
  await files.remove(1, 'a')
  await files.put(1, { name: 'a', bytes: BYTES.subarray(0, 100), compress: false })
  await put('a')
  assert.equal(readdirSync(files.folder).length, 1)
  await assert.rejects(put('b'), { status: 507, code: 'store_full' })
  await files.remove(1, 'a')
  await put('b')
  assert.equal(readdirSync(files.folder).length, 1)
  files.close()
  assert.throws(() => readdirSync(files.folder), { code: 'ENOENT' })
})

test('empty files are limited in their number', async () => {
  const files = new FileStore({ bytesMax: 5_000, filesMax: 2, corrupt: new EveryNth(0) })
  const put = (name: string) => files.put(1, { name, bytes: Buffer.alloc(0), compress: false })
  await put('a')
  await put('b')
  await assert.rejects(put('c'), { status: 507, code: 'store_full' })
  await files.remove(1, 'a')
  await put('c')
  files.close()
})

test('a file that cannot be written takes no room', async () => {
  const files = new FileStore({ bytesMax: 3_000, filesMax: 10, corrupt: new EveryNth(0) })
  const put = () => files.put(1, { name: 'a', bytes: BYTES, compress: false })
  rmSync(files.folder, { recursive: true })
  await assert.rejects(put(), { code: 'ENOENT' })
  mkdirSync(files.folder)
  assert.equal((await put()).size, 3_000)
  files.close()
})

test('a file that is replaced while it is read is the new one', async () => {
  const files = new FileStore({ bytesMax: 1_000_000, filesMax: 10, corrupt: new EveryNth(0) })
  const put = () => files.put(1, { name: 'a', bytes: BYTES, compress: false })
  await put()
  for (let turn = 0; turn < 100; turn++) {
    const reads = Array.from({ length: 10 }, () => files.read(1, 'a'))
    const [, ...read] = await Promise.all([put(), ...reads])
    assert.ok(read.every(({ stored }) => stored.equals(BYTES)))
  }
  files.close()
})

const image = (width: number, height: number, ...pixels: number[]) =>
  imageBytes({ width, height, pixels: Buffer.from(pixels) })

test('each pixel of a thumbnail is the average of the pixels that it replaces', async (t) => {
  const { bytes } = await openStore(t)
  const large = image(
    4,
    2,
    ...[10, 0, 0, 20, 0, 0, 0, 1, 0, 0, 2, 0],
    ...[30, 0, 9, 40, 0, 9, 0, 3, 0, 0, 5, 0],
  )
  for (const compress of ['true', 'false']) {
    await bytes('PUT', `files/p.ppm?compress=${compress}`, large)
    const { headers, rawPayload } = await bytes('GET', 'files/p.ppm/thumbnail?width=2')
    assert.equal(headers['content-type'], 'image/x-portable-pixmap')
    assert.deepEqual(rawPayload, image(2, 1, 25, 0, 5, 0, 3, 0))
  }
  const same = await bytes('GET', 'files/p.ppm/thumbnail?width=4')
  assert.deepEqual(same.rawPayload, large)
})

test('sides that do not divide evenly leave no pixel out and read none twice outside of the image', () => {
  const pixels = Buffer.alloc(7 * 5 * 3, 100)
  const small = thumbnail({ width: 7, height: 5, pixels }, 3)
  assert.deepEqual([small.width, small.height], [3, 2])
  assert.deepEqual(small.pixels, Buffer.alloc(3 * 2 * 3, 100))
})

test('what is no image has no thumbnail', async (t) => {
  const { bytes } = await openStore(t)
  const cut = image(4, 2, 1, 2, 3)
  for (const content of [BYTES, cut, Buffer.from('P6\n99999 99999\n255\n'), Buffer.alloc(0)]) {
    await bytes('PUT', 'files/x', content)
    assert.equal((await bytes('GET', 'files/x/thumbnail?width=2')).statusCode, 415)
  }
})

test('other types than bytes, bad names and bad widths are refused, also without a token', async (t) => {
  const { ask, bytes, send } = await openStore(t)
  assert.equal((await ask('PUT', 'files/a', { a: 1 })).status, 415)
  for (const name of ['..', '.a', 'a%2Fb', 'x'.repeat(65)])
    assert.notEqual((await bytes('PUT', `files/${name}`, BYTES)).statusCode, 201, name)
  assert.equal((await bytes('GET', 'files/a/thumbnail?width=257')).statusCode, 400)
  assert.equal((await bytes('GET', 'files/none/thumbnail')).statusCode, 404)
  assert.equal((await send({ method: 'PUT', url: '/v1/store/files/a' })).status, 401)
})
