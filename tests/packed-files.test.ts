// What `npm pack` puts into the package: all that runs, and nothing of development.
import assert from 'node:assert/strict'
import { execSync } from 'node:child_process'
import { test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'

const options = { cwd: projectPath(), encoding: 'utf8' } as const
const [packed] = JSON.parse(execSync('npm pack --dry-run --json', options)) as [
  { files: { path: string }[] },
]
const paths = packed.files.map(({ path }) => path)

test('what runs is in the package, what people read of it too', () => {
  const beginnings = new Set(paths.map((path) => path.split('/', 1)[0] ?? ''))
  assert.deepEqual([...beginnings].sort(), [
    ...['CHANGELOG.md', 'LICENSE', 'README.md', 'docs', 'esbuild.config.d.mts'],
    ...['esbuild.config.mjs', 'esbuild.files.mjs', 'esbuild.late.mjs', 'grafana', 'lib'],
    ...['package.json', 'plans', 'sandbox', 'scenarios', 'scripts', 'suites', 'thresholds'],
    ...['tools', 'tsconfig.json', 'workloads'],
  ])
})

test('tests, results, builds and the sources of dashboards stay out', () => {
  const unwanted =
    /\.test\.ts$|(^|\/)(tests|fixtures|results|build|node_modules)\/|^grafana\/.*\.ts$/
  assert.deepEqual(
    paths.filter((path) => unwanted.test(path)),
    [],
  )
})
