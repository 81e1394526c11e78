import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownPath } from './console.ts'

for (const [path, shown] of [
  ['/home/me/project/results/x', 'results/x'],
  ['/home/me/project', '.'],
  ['/tmp/results/x', '/tmp/results/x'],
  ['/work', '/work'],
] as const) {
  test(`in /home/me/project, ${path} is shown as ${shown}`, () => {
    assert.equal(shownPath(path, '/home/me/project'), shown)
  })
}
