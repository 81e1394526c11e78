import { ToolkitError } from '../core/errors.ts'

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
