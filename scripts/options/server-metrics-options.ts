import { type Command, Option } from 'commander'
import { parseDuration } from '../../lib/duration.ts'
import { wrongValue } from '../core/usage-errors.ts'

/** What the user may say of the target's own metrics. */
export interface ServerMetricsOptions {
  serverMetrics: string[]
  /** In seconds. */
  serverInterval?: number
}

/** Adds the options of runs whose load is made from this machine. */
export function addServerMetricsOptions(command: Command): Command {
  return command
    .option(
      '--server-metrics <url>',
      "the target's own metrics, or <region>=<url>; repeatable (<target>/metrics)",
      (text: string, list: string[]) => [...list, text],
      [],
    )
    .addOption(
      new Option('--server-interval <time>', 'how often they are read (1s)').argParser(interval),
    )
}

const LEAST_SECONDS = 0.1
const MOST_SECONDS = 60

function interval(text: string): number {
  try {
    const seconds = parseDuration(text)
    if (seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS) return seconds
  } catch {
    // Told below, with the option's name.
  }
  throw wrongValue('--server-interval', 'a time from 100ms to 1m such as 500ms or 5s', text)
}
