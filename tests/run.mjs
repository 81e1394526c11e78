// Runs the test files: `npm test` all of them, `--unit` only those beside the source, and any part
// of a path as a further argument only the files that match it. Node 20 has no globs for this.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['lib', 'workloads', 'scripts', 'grafana', 'sandbox', 'tests']
const filters = process.argv.slice(2).filter((argument) => argument !== '--unit')
const unitOnly = process.argv.includes('--unit')

const files = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file))),
  )
  .filter((file) => file.endsWith('.test.ts'))
  .filter((file) => !unitOnly || !relative('tests', file).endsWith('.e2e.test.ts'))
  .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
  .sort()

if (files.length === 0) {
  process.stderr.write(
    `Expected a test file with ${filters.join(' or ')} in its path, found none\n`,
  )
  process.exit(1)
}
const args = ['--import', 'tsx', '--test', '--test-reporter=spec', ...files]
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
process.exit(status ?? 1)
