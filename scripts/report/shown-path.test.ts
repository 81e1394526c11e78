import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownPath } from './shown-path.ts'

for (const [path, shown] of [
  ['/work/project/results/x', 'results/x'],
  ['/work/project', '.'],
  ['/tmp/results/x', '/tmp/results/x'],
  ['/work', '/work'],
] as const) {
  test(`in /work/project, ${path} is shown as ${shown}`, () => {
    assert.equal(shownPath(path, '/work/project'), shown)
  })
}
