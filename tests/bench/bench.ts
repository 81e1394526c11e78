// npm run bench: the budgets of docs/benchmarks.md, measured here and now; about half an hour.
// A part of a name as an argument (`npm run bench -- generator`) measures that alone.
import { cpus } from 'node:os'
import { realK6 } from '../k6.ts'
import { benchGenerator } from './generator.ts'
import { benchPrometheus } from './prometheus.ts'
import { benchMerge, benchStartSkew, benchTwoInstances } from './instances.ts'
import { benchOwnScript } from './own-script.ts'
import { benchPrompts } from './prompts.ts'
import { markdownTable, measure, type Row } from './report.ts'
import { benchRecording } from './recording.ts'
import { benchSandbox } from './sandbox.ts'
import { benchFirstRun } from './first-run.ts'
import { benchStart } from './start.ts'
import { benchThousandUsers } from './thousand-users.ts'
import { benchVerdict } from './verdict.ts'

const { path: k6, version } = await realK6()

const BENCHES: Record<string, () => Promise<Row[]>> = {
  start: () => benchStart(k6),
  generator: () => benchGenerator(k6),
  recording: () => benchRecording(k6),
  'own-script': () => benchOwnScript(k6),
  verdict: () => benchVerdict(),
  prometheus: () => benchPrometheus(k6),
  'instances-merge': () => benchMerge(),
  'instances-start': () => benchStartSkew(k6),
  'instances-load': () => benchTwoInstances(k6),
  prompts: () => benchPrompts(k6),
  sandbox: () => benchSandbox(k6),
  'first-run': () => benchFirstRun(k6),
  users: () => benchThousandUsers(k6),
}

const [wanted = ''] = process.argv.slice(2)
const rows: Row[] = []
for (const [name, bench] of Object.entries(BENCHES)) {
  if (name.includes(wanted)) rows.push(...(await measure(name, bench)))
}
const model = cpus()[0]?.model ?? 'unknown'
const machine = `${cpus().length} cores, ${model}, Node ${process.version}, k6 ${version}`
process.stdout.write(`${machine}\n\n${markdownTable(rows)}\n`)
