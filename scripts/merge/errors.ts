import { ToolkitError } from '../core/errors.ts'

/** Runs that are not parts of the same load. */
export function mergeRefused(reasons: readonly string[]): ToolkitError {
  return new ToolkitError({
    code: 'K6V_MERGE_REFUSED',
    message: `Expected the segments of one load, got runs that do not fit together: ${reasons.join('; ')}`,
    hint: 'Start the same checkout and the same command on each machine, but for --segment i/n, and merge all n run folders.',
  })
}

/** A run folder that lacks what a merge reads. */
export function segmentUnreadable(folder: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SEGMENT_UNREADABLE',
    message: `Expected the folder of a run with --segment, got ${folder}: ${reason}`,
    hint: 'Copy the whole run folder from the other machine; it is in its results folder.',
  })
}
