import { type Command, Option } from 'commander'
import { EXPORT_FORMATS, type ExportFormat } from '../export/export-format.ts'

/** What the user may say about an export. */
export interface ExportOptions {
  format: ExportFormat
  out?: string
  from?: string
  to?: string
  metric: string[]
  endpoint: string[]
  segment: string[]
  region: string[]
  force: boolean
}

/** Adds the options of the command. */
export function addExportOptions(command: Command): Command {
  const all = 'default: all; repeatable'
  return command
    .addOption(
      new Option('--format <format>', 'of the file').choices(EXPORT_FORMATS).makeOptionMandatory(),
    )
    .option('--out <file>', 'default: export.csv, .ndjson or .parquet in the run folder')
    .option('--from <time>', 'ISO 8601, or since the start of the load, e.g. 90s or 1m30s')
    .option('--to <time>', 'as --from; the time itself excluded')
    .option('--metric <name>', all, append, [])
    .option('--endpoint <name>', all, append, [])
    .option('--segment <name>', all, append, [])
    .option('--region <name>', all, append, [])
    .option('--force', 'replace the file if it is there', false)
}

function append(value: string, values: string[]): string[] {
  return [...values, value]
}
