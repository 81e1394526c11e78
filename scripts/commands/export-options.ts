import { type Command, Option } from 'commander'
import type { ExportFormat } from '../export/export-samples.ts'

const EXPORT_FORMATS: readonly ExportFormat[] = ['csv', 'json', 'parquet']

/** What the user may say about an export. */
export interface ExportOptions {
  format?: ExportFormat
  out?: string
  /** Where to ask for the dashboards' numbers; `true`: the one of `npm run observability`. */
  fromPrometheus?: string | true
  testid: string[]
  board: string[]
  start?: string
  end?: string
  step?: string
  dashboard?: string
  pdf: boolean
  grafana?: string
  from?: string
  to?: string
  metric: string[]
  /** What the machines had in use, instead of samples. */
  metrics: boolean
  /** Of those metrics; * stands for anything. */
  name: string[]
  endpoint: string[]
  segment: string[]
  region: string[]
  force: boolean
}

const HELP = `
Examples:
  npm run k6 -- export latest --format parquet
  npm run k6 -- export latest --format csv --metric http_req_duration --from 30s --to 90s
  npm run k6 -- export latest --metrics --name 'process_*' --from 10s --to 30s
  npm run k6 -- export --from-prometheus --testid 20261121-174132-spike-6497
  npm run k6 -- export --from-prometheus http://127.0.0.1:9090 --testid ID --board run-overview --step 15s
  npm run k6 -- export --dashboard run-overview --pdf --testid ID`

/** Adds the options of the command. */
export function addExportOptions(command: Command): Command {
  const all = 'default: all; repeatable'
  return command
    .addOption(new Option('--format <format>', 'of the file').choices(EXPORT_FORMATS))
    .option('--out <file>', 'default: export.csv, .ndjson or .parquet in the run folder')
    .option('--from <time>', 'ISO 8601, or since the start of the load, e.g. 90s or 1m30s')
    .option('--to <time>', 'as --from; the time itself excluded')
    .option('--metric <name>', all, append, [])
    .option('--endpoint <name>', all, append, [])
    .option('--segment <name>', all, append, [])
    .option('--region <name>', all, append, [])
    .option('--metrics', 'what generator and target had in use, instead of samples', false)
    .option('--name <name>', `with --metrics, e.g. 'process_*'; ${all}`, append, [])
    .option('--force', 'replace the file if it is there', false)
    .option('--from-prometheus [url]', 'the numbers of the dashboards, instead of samples')
    .option('--testid <id>', 'the run; repeatable', append, [])
    .option('--board <name>', `one dashboard, e.g. run-overview; ${all}`, append, [])
    .option('--start <time>', 'default: the first push; else ISO 8601, or since then, e.g. 90s')
    .option('--end <time>', 'as --start; default: the last push')
    .option('--step <time>', 'between two points, default: 5s')
    .option('--dashboard <name>', 'a dashboard as it looks in Grafana, with --pdf')
    .option('--pdf', 'printed by Chromium', false)
    .option('--grafana <url>', 'default: the one of npm run observability')
    .addHelpText('after', HELP)
}

function append(value: string, values: string[]): string[] {
  return [...values, value]
}
