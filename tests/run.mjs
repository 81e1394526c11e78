// Runs the test files: `npm test` all of them, `--unit` only those beside the source, and any part
// of a path as a further argument only the files that match it. Node 20 has no globs for this.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildTests, processesOf } from './build-tests.mjs'

// Where a test judges no latency, the time of a run is waiting for the most part.
const endToEnd = (names) => new RegExp(`^tests/(${names.replace(/\s+/g, '|')})\\.e2e\\.`)

// These make next to no load.
const WAITING = endToEnd(
  'alert-mutations alerting cloud cloud-upload csv-recordings dashboard-pdf export-from-prometheus ' +
    'foreign-run-folder history kubernetes-apply kubernetes-manifests observability observability-grafana ' +
    'prometheus-refusals refusals small-loads suite-refusals',
)
// These load both cores for a part of their time. All others have the machine for themselves.
const LIGHT = endToEnd(
  'all-systems allowed-targets as-in-k6 auth-setup broken-recording cloud-script data-generators export ' +
    'failed-operations grafana-boards grafana-queries grpc-faults hanging-requests hostile-targets ' +
    'instances-faults judge judge-csv kubernetes-files kubernetes-script libraries log-ins mcp-client mcp-service ' +
    'merge metric-validators network observability-run plan plan-file production prometheus-labels prometheus-outage random-kills ' +
    'real-apis redirect-chains redirect-origins redirect-regions report report-golden report-html server-metrics ' +
    'rested-users run-script run-script-options run-script-parts scheduled-run secrets sent-requests ' +
    'shell-targets signals suite test-data verdict verdict-prometheus ' +
    'web-dashboard web-socket-faults',
)
const BESIDE_THE_SOURCE = /^(?!tests\/)|^tests\/(?!.*\.e2e\.)/

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
await buildTests(files)
// Each file goes into the first group that takes it; the long ones come first.
const groups = [
  { takes: (file) => WAITING.test(file) || BESIDE_THE_SOURCE.test(file), atOnce: 4 },
  { takes: (file) => LIGHT.test(file), atOnce: 3 },
  { takes: () => true, atOnce: 1 },
]
const SLOWEST_SHOWN = 20
const ERROR_LINES_MAX = 25
const parts = []
let left = files.sort((a, b) => Number(WAITING.test(b)) - Number(WAITING.test(a)))
for (const { takes, atOnce } of groups) {
  parts.push(await runFiles(left.filter(takes), atOnce))
  left = left.filter((file) => !takes(file))
}
const tests = parts.flatMap((part) => part.tests)
const slowest = tests
  .filter(({ depth }) => depth === 1)
  .sort((a, b) => b.elapsedMs - a.elapsedMs)
  .slice(0, SLOWEST_SHOWN)
for (const { name, file, elapsedMs } of slowest) {
  process.stdout.write(`${(elapsedMs / 1_000).toFixed(0).padStart(5)} s  ${file}: ${name}\n`)
}
for (const { name, file, message } of tests.filter((one) => one.isFailed)) {
  const lines = message.split('\n').slice(0, ERROR_LINES_MAX)
  process.stdout.write(`\n✖ ${name} (${file})\n${lines.map((line) => `    ${line}\n`).join('')}`)
}
const count = (field) => tests.filter((one) => one[field]).length
process.stdout.write(`${count('isPassed')} passed, ${count('isFailed')} failed\n`)
process.exit(count('isFailed') === 0 && parts.every(({ status }) => status === 0) ? 0 : 1)

/** Runs files, so many processes at once; gives the exit code and the tests. */
async function runFiles(some, concurrency) {
  if (some.length === 0) return { status: 0, tests: [] }
  const folder = mkdtempSync(join(tmpdir(), 'k6-verdict-tests-'))
  const events = join(folder, 'events.jsonl')
  const options = [
    ...['--enable-source-maps', '--test', `--test-concurrency=${concurrency}`],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./tests/test-events.mjs', `--test-reporter-destination=${events}`],
  ]
  const runner = spawn(process.execPath, [...options, ...processesOf(some)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [status] = await once(runner, 'close')
  const lines = readFileSync(events, 'utf8').split('\n').filter(Boolean)
  rmSync(folder, { recursive: true })
  return { status, tests: lines.map((line) => JSON.parse(line)) }
}
