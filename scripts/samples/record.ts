/** How k6 is told to record every sample. */
export interface Recording {
  /** Value of `--out`. */
  output: string
  env: Record<string, string>
}

/**
 * A recording into a plain file, so that a killed k6 leaves all but its last moment; compressed, it
 * would be torn. Times in microseconds, because k6's default is whole seconds; flushed each 100 ms,
 * which keeps the generator's own latency low. The path goes by the environment: in an argument k6
 * would split it at a comma.
 */
export function recording(csvPath: string): Recording {
  return {
    output: 'csv',
    env: {
      K6_CSV_FILENAME: csvPath,
      K6_CSV_TIME_FORMAT: 'unix_micro',
      K6_CSV_SAVE_INTERVAL: '100ms',
    },
  }
}
