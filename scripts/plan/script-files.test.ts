import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonFolder } from './bundle.ts'

for (const [folders, separator, shared] of [
  [['/home/a/project', '/home/a/data'], '/', '/home/a/'],
  [['/home/a/project', '/home/a/project/data'], '/', '/home/a/project/'],
  [['/home/a', '/srv'], '/', '/'],
  [['/home/a/', '/home/a/b'], '/', '/home/a/'],
  [['C:\\work\\project', 'C:\\work\\data'], '\\', 'C:\\work\\'],
] as const) {
  test(`${folders.join(' and ')} share ${shared}`, () => {
    assert.equal(commonFolder(folders, separator), shared)
  })
}
