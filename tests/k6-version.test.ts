// Where the pinned version of k6 stands is what docs/upgrading-k6.md says: the next one must not forget a place.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PINNED_VERSION } from '../scripts/k6/k6-version.ts'
import { projectPath } from '../scripts/core/project.ts'

const FOLDERS = ['.github', 'docs', 'grafana', 'lib', 'plans', 'sandbox', 'scenarios', 'scripts']
  .concat(['suites', 'thresholds', 'tools', 'workloads'])
  .flatMap((folder) => {
    const names = readdirSync(projectPath(folder), { recursive: true, encoding: 'utf8' })
    return names.map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
  })
const TEXT = /\.(ts|mjs|md|mod|json|ya?ml)$/
/** Examples; a test may name any version. */
const NO_PLACE = /\.test\.ts$|\/fixtures\/|\/example-[\w-]+\.ts$|^docs\/upgrading-k6\.md$/
/** Read from k6's source: found by the command that the page names. */
const COMMENT = /^\s*(\/\/|\/?\*).*$/gm

test('the page about a new k6 names every file that names the version', () => {
  const page = read('docs/upgrading-k6.md')
  const version = PINNED_VERSION.slice(1)
  const files = FOLDERS.filter((file) => TEXT.test(file) && !NO_PLACE.test(file))
  const places = files.filter((file) => read(file).replaceAll(COMMENT, '').includes(version))

  assert.ok(places.includes('scripts/k6/k6-version.ts'))
  assert.deepEqual(
    places.filter((file) => !page.includes(`\`${file}\``)),
    [],
  )
})

test('comments on the source of k6 are of the pinned version', () => {
  const others = FOLDERS.filter((file) => /^(lib|scripts)\/.*\.ts$/.test(file)).flatMap((file) =>
    [...read(file).matchAll(/k6 (v\d+\.\d+\.\d+)(?=, [\w/]+)/g)]
      .filter(([, version]) => version !== PINNED_VERSION)
      .map(([text]) => `${file}: ${text}`),
  )
  assert.deepEqual(others, [])
})

function read(file: string): string {
  return readFileSync(projectPath(file), 'utf8')
}
