import { ToolkitError } from '../core/errors.ts'

/** The folder is there, but nothing that could be judged. */
export function recordingMissing(folder: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_RECORDING_MISSING',
    message: `Expected the recording of a run in ${folder}: ${reason}`,
    hint: 'Name a folder with run.json and samples.csv or samples.parquet; a CSV alone is judged by "npm run k6 -- judge --csv <file> --script <file> --sla <file>".',
  })
}

/** Not what k6 writes. */
export function csvUnreadable(path: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_CSV_UNREADABLE',
    message: `Expected --csv to be what k6 has recorded, got ${path}: ${reason}`,
    hint: 'Record with "k6 run --out csv=samples.csv script.js"; K6_CSV_TIME_FORMAT=unix_micro tells times best.',
  })
}

/** Somebody still writes what is to be judged. */
export function runGoesOn(id: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_RUN_GOES_ON',
    message: `Expected ${id} to have ended: ${reason}`,
    hint: 'It is judged at its end. Ctrl+C where it runs ends it early.',
  })
}
