import { Command } from 'commander'
import { addCloudOptions, type CloudOptions } from './cloud-options.ts'
import { addDivisionOptions, type DivisionOptions } from './division-options.ts'
import { addKubernetesOptions, type KubernetesOptions } from './kubernetes-options.ts'
import { addUnfitOptions, refuseUnfit } from './not-with-script.ts'
import { addServerMetricsOptions, type ServerMetricsOptions } from './server-metrics-options.ts'
import { duration, maxMemoryOption, timeScaleOption, wholeNumber } from './run-options.ts'

/** What the user may say of a run of a script of their own, besides k6's flags. */
export interface RunScriptOptions
  extends DivisionOptions, KubernetesOptions, CloudOptions, ServerMetricsOptions {
  sla?: string
  suggestSla?: boolean
  smoke: boolean
  users?: number
  rate?: number
  duration?: string
  timeScale?: number
  webDashboard: boolean
  strict: boolean
  keepRaw: boolean
  iOwnThisTarget: boolean
  /** Bytes. */
  maxMemory?: number
  prometheus?: string | true
  prometheusTrendStats: boolean
}

const HELP = `
Examples:
  npm run k6 -- run script.js                               its own load, its own thresholds
  npm run k6 -- run plan.yaml --target http://127.0.0.1:8080   a plan file, with the options of a scenario
  npm run k6 -- run --vus 5 --iterations 20 script.ts       with any flag of "k6 run"
  npm run k6 -- run script.js -- --duration 30s             behind -- everything is k6's
  cat script.js | npm run k6 -- run -                       from the standard input
  npm run k6 -- run script.js --kubernetes                  manifests for k6-operator
  npm run k6 -- run script.js --cloud                       by load zones of Grafana Cloud k6
  npm run k6 -- run --sla sla.json script.js                objectives beside its thresholds
  npm run -s k6 -- run --suggest-sla script.js > sla.json   an SLA file from what was measured
  npm run k6 -- run --time-scale 0.1 --users 20 script.js   a smaller load, where its executors allow

Exit codes: 0 PASS or without objectives, 99 FAIL, 90 NO_DATA, 91 INVALID, 105 stopped by you, 2 wrong
usage; where k6 itself broke (104, 107, 108, 110, ...), k6's own.`

/** The command `run` with its own options; k6's flags are no options of it. */
export function addRunScriptOptions(command: Command): Command {
  command
    .argument('[words...]', "the script, TypeScript or JavaScript, and k6's flags")
    .usage('[options] [flags of k6 run] <script> [-- flags of k6 run]')
    .option('--sla <file>', "SLA file, beside the script's own thresholds")
    .option('--suggest-sla', 'print an SLA file from what the latest run of the script measured')
    .option('--smoke', 'each scenario once, with one user, without thresholds', false)
    .addOption(
      wholeNumber('--users <n>', 'highest number of users; the rest keeps its proportions'),
    )
    .addOption(wholeNumber('--rate <n>', 'highest iterations per second; the rest in proportion'))
    .option('--duration <time>', 'how long the load is held, e.g. 90s or 5m', (text) =>
      duration(text),
    )
    .addOption(timeScaleOption())
    .option('--prometheus [url]', 'stream to a Prometheus while it runs, by remote write')
    .option('--prometheus-trend-stats', 'with --prometheus: without native histograms', false)
    .option('--web-dashboard', "k6's own live dashboard on 127.0.0.1, kept as HTML", false)
    .option('--keep-raw', "keep k6's CSV beside samples.parquet", false)
    .addOption(maxMemoryOption())
    .option('--strict', 'a close PASS fails the run too (exit code 99)', false)
    .option('--i-own-this-target', 'allow more than a small load', false)
  addServerMetricsOptions(command)
  addCloudOptions(addKubernetesOptions(addUnfitOptions(addDivisionOptions(command))))
  return command.allowUnknownOption().allowExcessArguments().addHelpText('after', HELP)
}

/**
 * Reads those of the toolkit's own.
 *
 * @throws ToolkitError for one that cannot fit a script
 */
export function readRunScriptOptions(own: readonly string[]): RunScriptOptions {
  refuseUnfit(own)
  const command = addRunScriptOptions(new Command('run')).exitOverride()
  return command
    .configureOutput({ writeErr: () => undefined })
    .parse([...own], { from: 'user' })
    .opts()
}
