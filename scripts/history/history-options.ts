import { type Command, Option } from 'commander'
import { wrongValue } from '../core/usage-errors.ts'

/** What the user asks of the history. */
export interface HistoryOptions {
  workload?: string
  last: number
  /** `true` for the usual place. */
  html?: string | true
}

const LAST = 50

/** Adds scenario and options to the command. */
export function addHistoryOptions(command: Command): Command {
  return command
    .argument('[scenario]', 'runs of this scenario only')
    .option('--workload <name>', 'runs on this workload only')
    .addOption(
      new Option('--last <n>', 'newest runs to look at').argParser(wholeNumber).default(LAST),
    )
    .option('--html [file]', 'write all runs as one HTML page (results/index.html)')
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= 10_000) return value
  throw wrongValue('--last', 'a whole number from 1 to 10000', text)
}
