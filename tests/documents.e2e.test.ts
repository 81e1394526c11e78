// The documents' own commands, as a reader types them: only the load is made small.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { mkdtempSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { type RunningSandbox, startSandbox } from '../scripts/plan/sandbox-process.ts'
import { scenarioFiles } from '../scripts/plan/scenario-files.ts'
import { retryIfStarved } from './cli.ts'
import { commandsIn, documents } from './documents.ts'
import { realK6 } from './k6.ts'

/** Run by CI itself, or by the tests of what they do. */
const ELSEWHERE = [
  /^npm (ci|test|run (test:\w+|check|format|bench( -- \w+)?|sandbox( -- .*)?))$/,
  /^node tests\/run\.mjs/,
  // tests/packed-files.test.ts and tests/production.e2e.test.ts pack.
  /^npm (pack|version)( |$)/,
  /^node scripts\/start\.mjs/,
  // These go on until somebody ends them, or need one that does.
  /^npm run (k6 -- sandbox|observability)/,
  / --prometheus( |$)/,
  // tests/operations-documents.test.ts holds their options against the command line.
  /^npm run k6 -- (breakpoint --target|geo-distributed --region-latency)/,
  // tests/export-from-prometheus.e2e.test.ts and tests/dashboard-pdf.e2e.test.ts have what they export.
  /^npm run k6 -- export --(from-prometheus|dashboard)/,
  // grafana/compare-generated.test.ts holds what it writes against what is there.
  /^npm run dashboards/,
  // tests/merge.e2e.test.ts makes segments and merges them.
  /^npm run k6 -- (merge( |$)|\S+ .*--segment )/,
  // tests/kubernetes-manifests.e2e.test.ts and tests/kubernetes-apply.e2e.test.ts have a cluster.
  /^npm run k6 -- .* --kubernetes( |$)/,
  // tests/cloud.e2e.test.ts has a cloud.
  / --cloud( |$)/,
  /^k6 (cloud run|run --out cloud)/,
  // tests/compare.e2e.test.ts starts both of its targets.
  /^npm run k6 -- compare /,
  // tests/add-your-api.e2e.test.ts and tests/libraries.e2e.test.ts run what these pages say.
  / --workload orders /,
  // tests/scenarios.e2e.test.ts and tests/browser.e2e.test.ts run these workloads.
  / --workload (live-prompts|prompt-page|prompts-grpc)( |$)/,
  // tests/suite.e2e.test.ts runs suites, and checks the one of this project.
  /^npm run k6 -- suite (stop|status|suites\/all-systems\.yaml( --time-scale .*)?)$/,
  /^npx esbuild mine/,
  /^k6 run script\.js$/,
  // tests/judge.e2e.test.ts judges a CSV of anybody's.
  /^k6 run --out csv=samples\.csv script\.js$/,
  /^npm run k6 -- judge (--csv|<run>|latest --sla)/,
  // tests/run-script.e2e.test.ts and tests/run-script-options.e2e.test.ts have scripts to run.
  /^npm run (-s )?k6 -- run( |$)/,
  // tests/scaling.e2e.test.ts has workers to set, tests/server-metrics.e2e.test.ts a target with metrics.
  /^npm run k6 -- (scaling|export latest --metrics)( |$)/,
  /^k6 run script\.tar$/,
  // tests/plan-file.e2e.test.ts has plans.
  /^npm run k6 -- plan( |$)/,
  // A document names these to say what they do to any script.
  /^k6 (inspect|archive|run( script\.js| results\/<run>\/script\.js)?)$/,
]

const SMALL = '--users 5 --duration 2s --time-scale 0.02 --sla tests/fixtures/lenient-sla.json'
const SMALL_RATE = SMALL.replace('--users', '--rate')

let sandbox: RunningSandbox
let env: Record<string, string>

before(async () => {
  const { path } = await realK6()
  sandbox = await startSandbox({ systems: ['all'] })
  env = {
    K6_BIN: path,
    PATH: `${dirname(path)}:${process.env['PATH'] ?? ''}`,
    K6_VERDICT_RESULTS: mkdtempSync(join(tmpdir(), 'k6-verdict-documents-')),
    BASE_URL: sandbox.url,
  }
})
after(() => sandbox.stop())

const commands = [...new Set(documents().flatMap(({ text }) => commandsIn(text)))]

describe('every command of the documents works', () => {
  for (const command of commands.filter((each) => !ELSEWHERE.some((rule) => rule.test(each)))) {
    test(command, { timeout: 120_000 }, async () => {
      const options = { cwd: projectPath(), env, reject: false, shell: true } as const
      const { exitCode, stdout, stderr } = await retryIfStarved(command, async () => {
        const before = await runFolders()
        const { exitCode, stdout, stderr } = await execa(small(command), options)
        const runs = (await runFolders()).filter((each) => !before.includes(each))
        return { exitCode, stdout, stderr, runs }
      })
      assert.equal(exitCode, 0, `${small(command)}\n${stdout}\n${stderr}`)
    })
  }
})

async function runFolders(): Promise<string[]> {
  const results = env['K6_VERDICT_RESULTS'] ?? ''
  return (await readdir(results)).map((name) => join(results, name))
}

function small(command: string): string {
  const concrete = command
    .replace(/--target \S+/, `--target ${sandbox.url}`)
    .replace('<name>', 'better-prompts')
    .replace('<scenario>', 'sustained')
    .replace('k6 run build/better-prompts/spike.js', 'k6 run build/better-prompts/smoke.js')
  const [, name = ''] = /^npm run k6 -- ([\w-]+)/.exec(concrete) ?? []
  if (!isRun(name) || concrete.includes('--help')) return concrete
  if (name === 'smoke') return concrete
  return `${concrete} ${name === 'api-mix' ? SMALL_RATE : SMALL}`
}

function isRun(name: string): boolean {
  return scenarioFiles().some((scenario) => scenario.name === name)
}
