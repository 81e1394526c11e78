import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { staleFiles } from './compare-generated.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'k6v-generated-'))
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

test('a file that was edited, one that is missing and one without a source are named', () => {
  put('grafana/generated/dashboards/same.json', 'same')
  put('grafana/generated/dashboards/edited.json', 'by hand')
  put('grafana/generated/dashboards/left.json', 'of a board that is gone')
  const files = {
    'grafana/generated/dashboards/same.json': 'same',
    'grafana/generated/dashboards/edited.json': 'as made',
    'grafana/generated/rules/new.yml': 'new',
  }
  assert.deepEqual(staleFiles(root, files), [
    { path: 'grafana/generated/dashboards/edited.json', fault: 'changed' },
    { path: 'grafana/generated/rules/new.yml', fault: 'missing' },
    { path: 'grafana/generated/dashboards/left.json', fault: 'without a source' },
  ])
})

test('what is committed is what the sources make', { timeout: 60_000 }, () => {
  const project = fileURLToPath(new URL('..', import.meta.url))
  const args = ['scripts/start.mjs', 'grafana/generate.ts', '--check']
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
})
