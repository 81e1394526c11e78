// Every command and its options.
import { Command } from 'commander'
import { addExportOptions, type ExportOptions } from './commands/export-options.ts'
import type { ReportCommandOptions } from './commands/report.ts'
import { addCompareOptions, type CompareOptions } from './pairs/compare-options.ts'
import { addCloudOptions } from './options/cloud-options.ts'
import { addKubernetesOptions } from './options/kubernetes-options.ts'
import { addPlanCommands } from './commands/plan-commands.ts'
import { addRunOptions, addSecondPassOption, type RunOptions } from './options/run-options.ts'
import type { JudgeOptions } from './commands/judge.ts'
import { addJudgeOptions } from './commands/judge-options.ts'
import { addRunScriptOptions } from './options/run-script-options.ts'
import type { VerdictOptions } from './commands/verdict.ts'
import type { SandboxOptions } from './commands/sandbox.ts'
import { addHistoryOptions, type HistoryOptions } from './history/history-options.ts'
import {
  addObservabilityOptions,
  type ObservabilityOptions,
} from './observability/observability-options.ts'
import { toolkitVersion } from './core/project.ts'
import { scenarioFiles } from './plan/scenario-files.ts'
import { addScalingOptions, type ScalingOptions } from './scaling/scaling-options.ts'
import { addSuiteOptions, type SuiteOptions } from './suite/suite-options.ts'

const HELP = `
Examples:
  npm run k6 -- spike                                   spike the sandbox, ten times faster
  npm run k6 -- load --profile peak --target http://127.0.0.1:8080
  npm run k6 -- run script.js                           your own k6 script, unchanged
  npm run k6 -- run plan.yaml                           a scenario as data
  npm run k6 -- api-mix --rate 200 --duration 30s
  npm run k6 -- list                                    what each scenario asks`

const VERDICT_HELP = `
Examples:
  npm run k6 -- verdict --testid 20261121-084801-spike-7f3a --prometheus https://prom.example.com

K6_PROMETHEUS_RW_USERNAME and K6_PROMETHEUS_RW_PASSWORD, or K6_PROMETHEUS_RW_BEARER_TOKEN, say who
asks. Exit codes are those of a run.`

const RUN_HELP = `
Examples:
  npm run k6 -- NAME                                    on the sandbox, at time scale 0.1
  npm run k6 -- NAME --target http://127.0.0.1:8080     on your API, at full length
  npm run k6 -- NAME --time-scale 0.02 --seed 7

Exit codes: 0 PASS, 99 FAIL, 90 NO_DATA, 91 INVALID, 2 wrong usage, 1 something is missing (k6, the
target), 105 stopped by you.`

/** The command line; `done` gets the exit code of a command that has one. */
export function createProgram(
  done: (exitCode: number) => void,
  argv: readonly string[] = [],
): Command {
  const program = new Command('npm run k6 --')
    .description('Load tests in TypeScript, run by the stock k6 binary, that end in a verdict.')
    .version(toolkitVersion())
    .usage('<scenario> [options]')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .addHelpText('after', HELP)

  for (const { name, question, isInSteps, workload } of scenarioFiles()) {
    const command = addRunOptions(program.command(name).description(question), workload)
    addCloudOptions(addKubernetesOptions(addSecondPassOption(command, isInSteps)))
      .addHelpText('after', RUN_HELP.replaceAll('NAME', name))
      .action(async (options: RunOptions) => {
        const { run } = await import('./commands/run.ts')
        done(await run(name, options))
      })
  }
  addRunScriptOptions(program.command('run'))
    .description('a plan file, or a k6 script of your own, unchanged, to a verdict')
    .action(async () =>
      done(await (await import('./commands/run-script.ts')).runScript(argv.slice(1))),
    )
  addPlanCommands(program.command('plan'), done).description(
    'scenarios as data, in YAML, JSON or TypeScript: check, convert, new, templates',
  )
  addCommands(program, done)
  return program
}

// Each command loads its own code: what one needs must not slow down the start of another.
function addCommands(program: Command, done: (exitCode: number) => void): void {
  program
    .command('list')
    .description('scenarios and workloads, and what each scenario asks')
    .action(async () => (await import('./commands/list.ts')).list())
  program
    .command('doctor')
    .description('what this machine has and what to do about each gap')
    .action(async () => done(await (await import('./commands/doctor.ts')).doctor()))
  program
    .command('sandbox')
    .description('the built-in API under test, until Ctrl+C')
    .option('--port <n>', 'port on 127.0.0.1; 0 takes any free one', '8640')
    .option('--systems <names>', 'workloads whose APIs it serves, separated by commas', 'all')
    .action(async (options: SandboxOptions) => {
      done(await (await import('./commands/sandbox.ts')).sandbox(options))
    })
  addReportCommands(program, done)
  addCompareOptions(program.command('compare'))
    .description('two runs side by side, or a scenario in pairs of baseline and candidate')
    .action(async (inputs: string[], options: CompareOptions) => {
      done(await (await import('./commands/compare.ts')).compare(inputs, options))
    })
  addScalingOptions(program.command('scaling'))
    .description('throughput with 1, 2, 4, 8 replicas: how well the target scales')
    .action(async (options: ScalingOptions) => {
      done(await (await import('./commands/scaling.ts')).scaling(options))
    })
  addHistoryOptions(program.command('history'))
    .description('judged runs and the trend of each objective, or --html for a page of them all')
    .action(async (scenario: string | undefined, options: HistoryOptions) => {
      await (await import('./commands/history.ts')).history(scenario, options)
    })
  addObservabilityOptions(program.command('observability'))
    .description('Prometheus, Alertmanager and Grafana on this machine, until Ctrl+C')
    .action(async (options: ObservabilityOptions) => {
      done(await (await import('./commands/observability.ts')).observability(options))
    })
  program
    .command('merge')
    .argument('<runs...>', 'run folders of all machines, each made with --segment i/n')
    .description('one run, with one verdict, of those that several machines made together')
    .option('--strict', 'a close PASS fails the run too (exit code 99)', false)
    .action(async (runs: string[], options: { strict: boolean }) => {
      done(await (await import('./commands/merge.ts')).merge(runs, options))
    })
  addSuiteCommands(program, done)
  program
    .command('build')
    .description('every scenario on every workload, as build/<workload>/<scenario>.js')
    .action(async () => done(await (await import('./commands/build.ts')).buildAll()))
}

function addSuiteCommands(program: Command, done: (exitCode: number) => void): void {
  const suite = addSuiteOptions(program.command('suite'))
    .description('several runs from one file, in order or at once, with one report')
    .action(async (file: string, options: SuiteOptions) => {
      done(await (await import('./commands/suite.ts')).suite(file, options, program.commands))
    })
  suite
    .command('status [folder]')
    .description('how far a suite is, or how it ended; by default the newest')
    .action(async (folder?: string) => {
      await (await import('./commands/suite-status.ts')).suiteStatus(folder)
    })
  suite
    .command('stop [folder]')
    .description('stops a suite as Ctrl+C does, with a report of what was measured')
    .action(async (folder?: string) => {
      await (await import('./commands/suite-stop.ts')).suiteStop(folder)
    })
}

function addReportCommands(program: Command, done: (exitCode: number) => void): void {
  addJudgeOptions(program.command('judge'))
    .description('the verdict of what was recorded: by a run that nobody judged, or by any k6')
    .action(async (run: string | undefined, options: JudgeOptions) => {
      done(await (await import('./commands/judge.ts')).judge(run, options))
    })
  program
    .command('report')
    .argument('<run>', 'folder of a run, its name in results/, or latest')
    .description('the reports of a run again, from its verdict.json')
    .option('--pdf', 'report.pdf too, printed by Chromium', false)
    .option('--slack', 'send it to K6_VERDICT_SLACK_WEBHOOK too', false)
    .option('--strict', 'a close PASS fails in junit.xml', false)
    .action(async (run: string, options: ReportCommandOptions) => {
      done(await (await import('./commands/report.ts')).report(run, options))
    })
  program
    .command('verdict')
    .description('the verdict of a run that is in Prometheus')
    .option('--prometheus <url>', 'base URL of the server', 'http://127.0.0.1:9090')
    .requiredOption('--testid <id>', 'the id of the run')
    .option('--sla <file>', 'SLA file instead of thresholds/<workload>.json')
    .option('--workload <name>', 'instead of the one that the run says')
    .option('--strict', 'a close PASS fails too (exit code 99)', false)
    .addHelpText('after', VERDICT_HELP)
    .action(async (options: VerdictOptions) => {
      done(await (await import('./commands/verdict.ts')).verdict(options))
    })
  addExportOptions(program.command('export'))
    .argument('[run]', 'folder of a run, its name in results/, or latest')
    .description('samples of a run as CSV, JSON or Parquet, or what its dashboards show')
    .action(async (run: string | undefined, options: ExportOptions) => {
      await (await import('./commands/export.ts')).exportRun(run, options)
    })
}
