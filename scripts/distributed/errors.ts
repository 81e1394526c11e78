import { ToolkitError } from '../errors.ts'

export function instancesTooMany(instances: number, most: number): ToolkitError {
  return new ToolkitError({
    code: 'K6V_INSTANCES_TOO_MANY',
    message: `Expected at most ${most} instances, one for each user of the largest k6 scenario, got --instances ${instances}`,
    hint: 'An instance without a user would do nothing: use fewer of them, or more --users or --pool-users.',
  })
}

export function segmentsTooMany(parts: number, most: number): ToolkitError {
  return new ToolkitError({
    code: 'K6V_INSTANCES_TOO_MANY',
    message: `Expected at most ${most} parts, one for each user of the largest k6 scenario, got ${parts} of --segment and --instances`,
    hint: 'A k6 without a user would do nothing: use fewer machines, or more --users or --pool-users.',
  })
}

/** Options that do not go together with several k6. */
export function notWithInstances(reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_INSTANCES_UNFIT',
    message: `With several k6: ${reason}`,
    hint: '"npm run k6 -- spike --instances 4" records the samples of all into one samples.parquet.',
  })
}

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
