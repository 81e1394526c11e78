// Runs the test files: `npm test` all of them, `--unit` only those beside the source, and any part
// of a path as a further argument only the files that match it. Node 20 has no globs for this.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

// These wait for clocks and servers most of the time, and judge no latency: they run side by side with the
// tests beside the source. All others make load, and have the machine for themselves.
const SHARING =
  /^tests\/(?!.*\.e2e\.)|^tests\/(alert-mutations|alerting|cloud|cloud-upload|csv-recordings|dashboard-pdf|export-from-prometheus|foreign-run-folder|history|kubernetes-apply|kubernetes-manifests|observability|observability-grafana|prometheus-refusals|refusals|small-loads)\.e2e\./
const SHARING_FILES = 4

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
// The long ones first.
const sharing = [
  ...files.filter((file) => SHARING.test(file)),
  ...files.filter((file) => !file.startsWith('tests/')),
]
const alone = files.filter((file) => !sharing.includes(file))
const parts = [await runFiles(sharing, SHARING_FILES), await runFiles(alone, 1)]
const sum = (counted) => parts.reduce((total, part) => total + part[counted], 0)
process.stdout.write(`${sum('pass')} passed, ${sum('fail') + sum('cancelled')} failed\n`)
process.exit(parts.every(({ status }) => status === 0) ? 0 : 1)

/** Runs files, so many at once; gives the runner's own counts. */
function runFiles(some, concurrency) {
  const counts = { status: 0, pass: 0, fail: 0, cancelled: 0 }
  if (some.length === 0) return counts
  const options = ['--test', '--test-reporter=spec', `--test-concurrency=${concurrency}`]
  const runner = spawn(process.execPath, ['--import', 'tsx', ...options, ...some], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  createInterface({ input: runner.stdout }).on('line', (line) => {
    process.stdout.write(`${line}\n`)
    const [, name, count] =
      /^ℹ (pass|fail|cancelled) (\d+)$/.exec(stripVTControlCharacters(line)) ?? []
    if (name) counts[name] = Number(count)
  })
  return new Promise((resolve) => {
    runner.once('close', (status) => resolve({ ...counts, status: status ?? 1 }))
  })
}
