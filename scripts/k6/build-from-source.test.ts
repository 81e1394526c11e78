import assert from 'node:assert/strict'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { cachedK6Path } from './cache.ts'
import { findK6 } from './find-k6.ts'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { fakeK6, writeProgram } from '../../tests/support/k6/fake-k6.ts'
import { findGo, parseGoVersion } from './go-toolchain.ts'
import { k6Version } from './k6-version.ts'

const realGo = await findGo({ env: process.env, platform: process.platform })
// Skipping is a convenience on a laptop. In CI it would hide that nothing was built.
const skip = 'problem' in realGo && !process.env['CI'] ? realGo.problem : false

/** A go that answers `version`, and runs some shell for `build`, whose 7th argument is the output. */
function fakeGo(version: string, build: string): string {
  return `#!/bin/sh\n[ "$1" = version ] && echo 'go version ${version} linux/amd64' && exit\n${build}\n`
}

/** What go needs of the real environment: its caches and its proxy. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'PATH' && !name.startsWith('K6_')),
)

test('with no other way, k6 is really built, and is the pinned one', { skip }, async (t) => {
  assert.ok('path' in realGo)
  const machine = await bareMachine(t, { env, platform: process.platform, arch: process.arch })
  // Alone on PATH: there may be a k6 beside the real one.
  await symlink(realGo.path, join(machine.bin, 'go'))
  const { context, said, shown, cached } = machine
  const path = cachedK6Path(context)

  assert.deepEqual(await findK6(context), { path, version: 'v2.2.0', source: 'go build' })
  assert.match(said[1] ?? '', /^skipped download: could not download .*ECONNREFUSED/)
  assert.deepEqual(said.slice(2), [
    `building k6 v2.2.0 from source with ${realGo.version}, about a minute`,
    `using k6 v2.2.0 (go build): ${path}`,
  ])
  for (const line of shown) assert.match(line, /^building k6 from source: \d+ s$/)
  assert.deepEqual(await cached(), [`k6-v2.2.0-${process.platform}-${process.arch}`])
  assert.deepEqual(await k6Version(path, context), { version: 'v2.2.0' })
  assert.equal((await findK6(context)).source, 'cache')
})

test('an interrupted build ends and leaves nothing behind', { skip }, async (t) => {
  assert.ok('path' in realGo)
  const interrupt = new AbortController()
  // Even a build whose packages are all cached has to link for longer than this.
  const say = (line: string): void => {
    if (line.startsWith('building')) setTimeout(() => interrupt.abort(), 200)
  }
  const machine = await bareMachine(t, { env, signal: interrupt.signal, say })
  await symlink(realGo.path, join(machine.bin, 'go'))

  await assert.rejects(findK6(machine.context), { code: 'K6V_K6_INTERRUPTED' })
  assert.deepEqual(await machine.cached(), [])
})

test('go gets the settings of an official build and no stray target', async (t) => {
  const build = 'echo "$CGO_ENABLED $GOTOOLCHAIN $GOWORK ${GOOS-none} $GOPROXY $*" >&2; exit 1'
  const env = { GOOS: 'plan9', GOPROXY: 'https://proxy.example', CGO_ENABLED: '1' }
  const { bin, context } = await bareMachine(t, { env })
  await writeProgram(join(bin, 'go'), fakeGo('go1.26.0', build))

  await assert.rejects(findK6(context), {
    message:
      /0 local off none https:\/\/proxy\.example build -mod=readonly -buildvcs=false -trimpath -ldflags -s -w -o \S+\/k6 \.$/,
  })
})

test('a k6 that go made is installed', async (t) => {
  const { bin, context, cached } = await bareMachine(t, { env: {} })
  const source = await writeProgram(join(bin, '../made-k6'), fakeK6())
  const script = fakeGo('go1.27.1', `export PATH='${process.env['PATH']}'; cp '${source}' "$8"`)
  await writeProgram(join(bin, 'go'), script)

  assert.equal((await findK6(context)).source, 'go build')
  assert.deepEqual(await cached(), ['k6-v2.2.0-linux-x64'])
})

test('a failed build ends with every way that was tried and the last lines of go', async (t) => {
  const script = 'i=0; while [ $i -lt 20 ]; do i=$((i+1)); echo "line $i" >&2; done; exit 1'
  const { bin, context, cached, said } = await bareMachine(t)
  await writeProgram(join(bin, 'go'), fakeGo('go1.26.8', script))

  await assert.rejects(findK6(context), (error: Error & { code: string; exitCode: number }) => {
    assert.equal(error.code, 'K6V_K6_NOT_FOUND')
    assert.equal(error.exitCode, 1)
    assert.match(error.message, /go build: go build failed: line 13\n.*line 20$/s)
    assert.match(error.message, /^Expected a k6 >= 2\.0 and < 3, got none:\n {2}- K6_BIN: /)
    return true
  })
  assert.deepEqual(await cached(), [])
  assert.equal(said.length, 3)
})

for (const { what, version, problem } of [
  { what: 'no go', problem: /- go build: there is no go on PATH$/ },
  {
    what: 'an old go',
    version: 'go1.25.3',
    problem: /go is go1\.25\.3, and building k6 v2\.2\.0 needs Go 1\.26$/,
  },
]) {
  test(`with ${what} there is one error that lists every way and the next step`, async (t) => {
    const { bin, context } = await bareMachine(t)
    if (version !== undefined) await writeProgram(join(bin, 'go'), fakeGo(version, 'exit 1'))

    await assert.rejects(findK6(context), (error: Error & { hint: string }) => {
      const ways = error.message.match(/^ {2}- (.+?):/gm)
      assert.deepEqual(
        ways,
        ['K6_BIN', 'PATH', 'cache', 'download', 'go build'].map((way) => `  - ${way}:`),
      )
      assert.match(error.message, problem)
      assert.match(error.hint, /install k6 .*K6_BIN.*K6_DOWNLOAD_URL.*Go 1\.26/s)
      return true
    })
  })
}

for (const { stdout, expected } of [
  { stdout: 'go version go1.26.8 linux/amd64', expected: 'go1.26.8' },
  { stdout: 'go version go1.27rc1 darwin/arm64', expected: 'go1.27rc1' },
  { stdout: 'go version devel go1.27-abc123 Thu linux/amd64', expected: 'go1.27' },
  { stdout: 'not go', expected: undefined },
]) {
  test(`"${stdout}" is ${expected}`, () => {
    assert.equal(parseGoVersion(stdout)?.name, expected)
  })
}
