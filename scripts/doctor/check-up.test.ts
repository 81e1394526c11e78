import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { cachedK6Path } from '../k6/cache.ts'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { fakeK6, writeProgram } from '../../tests/support/k6/fake-k6.ts'
import { checkCache } from './check-cache.ts'
import { checkDisk } from './check-disk.ts'
import { checkMachine } from './check-machine.ts'
import { checkChromium, checkNode, checkPromtool } from './check-programs.ts'
import { checkOpenFiles, parseLimits } from './check-open-files.ts'
import { checkPort } from './check-port.ts'
import { checkUp } from './check-up.ts'
import { BYTES_PER_GIB } from './finding.ts'

for (const { version, ok } of [
  { version: '20.18.9', ok: false },
  { version: '20.19.0', ok: true },
  { version: '18.20.0', ok: false },
  { version: '22.0.0', ok: true },
]) {
  test(`Node ${version} is ${ok ? 'new enough' : 'too old'}`, () => {
    assert.equal(checkNode(version).ok, ok)
  })
}

test('the soft limit is read from what Linux tells', () => {
  const limits = [
    'Limit                     Soft Limit           Hard Limit           Units     ',
    'Max processes             96550                96550                processes ',
    'Max open files            1024                 524288               files     ',
  ].join('\n')

  assert.equal(parseLimits(limits), 1_024)
  assert.equal(parseLimits(limits.replace('1024 ', 'unlimited ')), Infinity)
  assert.equal(parseLimits(''), undefined)
})

for (const { limit, ok } of [
  { limit: 1_024, ok: 'optional' },
  { limit: 4_096, ok: true },
  { limit: Infinity, ok: true },
  { limit: undefined, ok: true },
]) {
  test(`a limit of ${limit} open files is ${ok === true ? 'fine' : 'a gap'}`, async () => {
    assert.equal((await checkOpenFiles(() => Promise.resolve(limit))).ok, ok)
  })
}

test('too few open files say how many users they allow, and the command', async () => {
  assert.deepEqual(await checkOpenFiles(() => Promise.resolve(1_024)), {
    name: 'open files',
    found: 'limit 1024',
    ok: 'optional',
    advice: 'Enough for about 930 users: ulimit -n 4096 in this terminal, then run again',
  })
})

test('a port that is taken is told apart from a free one', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const taken = await checkPort({ name: 'sandbox port', port })
  assert.equal(taken.ok, 'optional')
  assert.equal(taken.found, `${port} is taken (EADDRINUSE)`)
  assert.match(taken.advice ?? '', new RegExp(`${port}`))

  server.close()
  await once(server, 'close')
  const free = await checkPort({ name: 'sandbox port', port })
  assert.deepEqual(free, { name: 'sandbox port', found: `${port} is free`, ok: true })
})

test('free space is looked for where the results folder would be created', async (t) => {
  const { bin } = await bareMachine(t)
  const folder = join(bin, 'not', 'yet')

  const enough = await checkDisk(folder, 0)
  assert.equal(enough.ok, true)
  assert.match(enough.found, /^\d+\.\d GiB free in .*not.yet$/)
  const tooLittle = await checkDisk(folder, Infinity)
  assert.equal(tooLittle.ok, 'optional')
  assert.match(tooLittle.advice ?? '', /df -h .*bin$/)
})

for (const { memoryGib, cpus, ok } of [
  { memoryGib: 16, cpus: 8, ok: true },
  { memoryGib: 2, cpus: 2, ok: true },
  { memoryGib: 1, cpus: 8, ok: 'optional' },
  { memoryGib: 16, cpus: 1, ok: 'optional' },
]) {
  test(`${memoryGib} GiB and ${cpus} CPUs are ${ok === true ? 'fine' : 'a gap'}`, () => {
    assert.equal(checkMachine({ memoryBytes: memoryGib * BYTES_PER_GIB, cpus }).ok, ok)
  })
}

test('the cache tells whether it holds a k6', async (t) => {
  const { cache, context } = await bareMachine(t)
  assert.deepEqual(await checkCache(context), {
    name: 'cache',
    found: `${cache} (empty)`,
    ok: true,
  })

  await writeProgram(cachedK6Path(context), fakeK6())
  assert.equal((await checkCache(context)).found, `${cache} (holds a k6)`)
})

test('a browser is found under any of its names', async (t) => {
  const { bin, context } = await bareMachine(t)
  const path = await writeProgram(join(bin, 'google-chrome'), '')

  assert.deepEqual(await checkChromium(context), { name: 'chromium', found: path, ok: true })
})

for (const { platform, command } of [
  { platform: 'linux', command: 'sudo apt-get install prometheus' },
  { platform: 'darwin', command: 'brew install prometheus' },
  { platform: 'freebsd', command: 'put promtool on PATH' },
] as const) {
  test(`on ${platform} a missing promtool is optional and comes with a command`, async (t) => {
    const { context } = await bareMachine(t, { platform })

    const { found, ok, advice } = await checkPromtool(context)
    assert.deepEqual({ found, ok }, { found: 'none', ok: 'optional' })
    assert.ok(advice?.includes(command))
  })
}

test('a check-up looks at everything and says what to do about each gap', async (t) => {
  const { context, bin } = await bareMachine(t)

  const findings = await checkUp({ env: context.env, resultsFolder: join(bin, '../results') })
  assert.deepEqual(
    findings.map(({ name }) => name),
    [
      ...[
        'node',
        'machine',
        'CPU use',
        'k6 settings',
        'k6',
        'cache',
        'results folder',
        'open files',
      ],
      ...['sandbox port', 'dashboard port', 'go', 'chromium', 'promtool', 'observability'],
    ],
  )
  for (const { name, ok, advice } of findings) {
    assert.equal(ok === true, advice === undefined, `${name} has advice when there is a gap`)
  }
  assert.equal(findings.find(({ name }) => name === 'k6')?.ok, false)
})
