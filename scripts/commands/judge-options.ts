import type { Command } from 'commander'

const HELP = `
Examples:
  npm run k6 -- judge latest                            a run whose command was killed, or judged by nobody
  npm run k6 -- judge latest --sla stricter.json        the same samples by other limits
  npm run k6 -- judge --csv samples.csv --script build/better-prompts/spike.js --sla thresholds/better-prompts.json

What the recording cannot tell makes the verdict INVALID, or close; the reasons say it. Exit codes are
those of a run.`

/** Options of `judge`. */
export function addJudgeOptions(command: Command): Command {
  return command
    .argument('[run]', 'folder of a run, its name in results/, or latest')
    .option('--csv <file>', "k6's CSV of anybody's run (--out csv=file), .gz too, instead of a run")
    .option('--script <file>', 'with --csv: the script that ran, TypeScript or JavaScript')
    .option('--sla <file>', 'SLA file to judge by (default for a run folder: the one it ran with)')
    .option('--workload <name>', 'name or folder of the workload, where the script imports one')
    .option('--keep-raw', "keep k6's CSV beside samples.parquet", false)
    .option('--strict', 'a close PASS fails too (exit code 99)', false)
    .addHelpText('after', HELP)
}
