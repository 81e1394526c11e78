import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { test } from 'node:test'
import { usableCpus } from './machine-look.ts'

const CASES: { what: string; files: Record<string, string>; expected: number }[] = [
  { what: 'no cgroups', files: {}, expected: 8 },
  {
    what: 'a container with a quota',
    files: { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '150000 100000\n' },
    expected: 1.5,
  },
  {
    what: 'a container without one',
    files: { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': 'max 100000\n' },
    expected: 8,
  },
  {
    what: 'a service in a slice with a lower quota than its own',
    files: {
      '/proc/self/cgroup': '1:name=systemd:/\n0::/ci.slice/run.service\n',
      '/sys/fs/cgroup/ci.slice/run.service/cpu.max': '400000 100000\n',
      '/sys/fs/cgroup/ci.slice/cpu.max': '200000 100000\n',
    },
    expected: 2,
  },
  {
    what: 'a container of cgroup v1',
    files: {
      '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    },
    expected: 0.5,
  },
  {
    what: 'cgroup v1 without a quota',
    files: {
      '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    },
    expected: 8,
  },
  {
    what: 'a quota above the machine',
    files: { '/sys/fs/cgroup/cpu.max': '6400000 100000\n' },
    expected: 8,
  },
]
for (const { what, files, expected } of CASES) {
  test(`of 8 CPUs, ${what} leaves ${expected}`, () => {
    assert.equal(
      usableCpus(8, (path) => files[path]),
      expected,
    )
  })
}

test('on this machine there is some CPU to use', () => {
  assert.ok(usableCpus() > 0 && usableCpus() <= availableParallelism())
})
