import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMemoryUse } from './memory-watch.ts'

/** `/proc` and `/sys` of a machine with 8 GB left, on which two k6 use 1 MiB and 2 MiB. */
const MACHINE: Record<string, string> = {
  '/proc/7/status': 'Name:\tk6\nVmRSS:\t    1024 kB\nThreads:\t9\n',
  '/proc/8/status': 'VmRSS:\t2048 kB\n',
  '/proc/meminfo': 'MemTotal: 16000000 kB\nMemAvailable:    7812500 kB\n',
}

/** What is left where its cgroups say these things. */
function leftWith(cgroups: Record<string, string>): number | undefined {
  const files = { ...MACHINE, ...cgroups }
  const read = (path: string): string | undefined => new Map(Object.entries(files)).get(path)
  return readMemoryUse([7], read)?.availableBytes
}

test('without cgroups the machine says what is left', () => {
  assert.equal(leftWith({}), 8e9)
})

test('a container has what its limit leaves, and the pages of files are given back', () => {
  const folder = '/sys/fs/cgroup'
  const container = {
    '/proc/self/cgroup': '0::/\n',
    [`${folder}/memory.max`]: '1000000000\n',
    [`${folder}/memory.current`]: '900000000\n',
    [`${folder}/memory.stat`]: 'anon 1\nactive_file 20000000\ninactive_file 30000000\n',
  }
  assert.equal(leftWith(container), 150e6)
  assert.equal(leftWith({ ...container, [`${folder}/memory.max`]: 'max\n' }), 8e9)
})

test('a service without a limit has what its slice leaves', () => {
  const slice = '/sys/fs/cgroup/ci.slice'
  const files = {
    '/proc/self/cgroup': '0::/ci.slice/run.service\n',
    [`${slice}/run.service/memory.max`]: 'max\n',
    [`${slice}/run.service/memory.current`]: '100000000\n',
    [`${slice}/memory.max`]: '1000000000\n',
    [`${slice}/memory.current`]: '700000000\n',
  }
  assert.equal(leftWith(files), 300e6)
})

test('the memory of several processes is added up, and of none that is there nothing is known', () => {
  const read = (path: string): string | undefined => MACHINE[path]
  assert.equal(readMemoryUse([7, 8, 9], read)?.k6Bytes, 3 * 1_048_576)
  assert.equal(readMemoryUse([9], read), undefined)
})
