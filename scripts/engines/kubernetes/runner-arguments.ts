import { summaryFile, INSTANCE_VARIABLE } from './runner-environment.ts'

/** What of a run becomes arguments of k6. */
export interface ArgumentsInput {
  /** `options.tags` of the script. */
  tags: Readonly<Record<string, string>>
  /** k6's own `--out` values. */
  outputs: readonly string[]
  /** The samples go to a volume, and k6's summary with them. */
  hasVolume: boolean
  /** Of the user's own. */
  flags?: readonly string[] | undefined
}

/**
 * `spec.args` of a TestRun: exact arguments, which no shell takes apart. Written so that they survive the
 * operator's way to `k6 archive` (pkg/types/k6cli.go): it takes `--out X` away, but neither `--out=X`
 * nor `--features`, which `k6 archive` refuses.
 *
 * The operator adds `--tag`s of its own, and k6 then drops the script's tags: so those are given again.
 */
export function runnerArguments({
  tags,
  outputs,
  hasVolume,
  flags = [],
}: ArgumentsInput): string[] {
  const instance = `$(${INSTANCE_VARIABLE})`
  const all = { ...tags, instance }
  return [
    '--no-color',
    ...flags,
    ...Object.entries(all).flatMap(([name, value]) => ['--tag', `${name}=${value}`]),
    ...(hasVolume ? [`--summary-export=${summaryFile(instance)}`] : []),
    ...(hasVolume ? ['--out', 'csv'] : []),
    ...outputs.flatMap((output) => ['--out', output]),
  ]
}
