// The changelog as Keep a Changelog has it: what comes next on top, then each version with its day, under six headings.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectPath, toolkitVersion } from '../scripts/core/project.ts'

const KINDS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']

const [, ...sections] = readFileSync(projectPath('CHANGELOG.md'), 'utf8').split(/^## /m)
const titles = sections.map((section) => section.split('\n', 1)[0] ?? '')
const [next, newest = ''] = titles

test('what is not released stands above the versions, the newest of which is that of the package', () => {
  assert.equal(next, 'Unreleased')
  assert.equal(newest.split(' - ')[0], toolkitVersion())
})

test('each version has its day, and none is older than the one below', () => {
  const versions = titles.slice(1)
  for (const title of versions) assert.match(title, /^\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d$/)

  const days = versions.map((title) => title.split(' - ')[1] ?? '')
  assert.deepEqual(days, [...days].sort().reverse())
})

test('each kind of change stands once in a version, and every change under one', () => {
  for (const section of sections) {
    assert.doesNotMatch(section.split(/^### /m, 1)[0] ?? '', /^- /m)
    const kinds = [...section.matchAll(/^### (.+)$/gm)].map(([, kind = '']) => kind)
    assert.deepEqual(
      kinds,
      KINDS.filter((kind) => kinds.includes(kind)),
    )
  }
})
