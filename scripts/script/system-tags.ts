// Pure. Which of k6's system tags a script of anybody's is recorded with.
import type { Options } from 'k6/options'
import { selectorOf } from './parse-threshold.ts'

/** What a verdict and its reports are made from. */
const NEEDED = ['check', 'error_code', 'expected_response', 'method', 'name', 'scenario', 'status']

/** k6's own set (k6 v2.2.0, metrics/system_tag.go). */
const DEFAULT = [
  ...['check', 'error', 'error_code', 'expected_response', 'group', 'method', 'name', 'proto'],
  ...['scenario', 'service', 'status', 'subproto', 'tls_version', 'url'],
]

export interface TagInput {
  options: Pick<Options, 'systemTags' | 'thresholds'>
  /** Somebody else gets the samples too, with all of their tags. */
  hasOutputs: boolean
}

/**
 * The system tags to ask k6 for; undefined where the script's own will do. Where it has a set of its own, or an output,
 * nothing is taken away. Otherwise what nobody will see is left out, since each tag of each sample costs CPU, and the
 * address of the target is added: a request that has a name shows no host.
 */
export function systemTags({ options, hasOutputs }: TagInput): string[] | undefined {
  const own = [...(options.systemTags ?? DEFAULT)] as string[]
  const isDefault = own.length === DEFAULT.length && DEFAULT.every((tag) => own.includes(tag))
  const selected = Object.keys(options.thresholds ?? {}).flatMap((metric) =>
    Object.keys(selectorOf(metric).tags).filter((tag) => DEFAULT.includes(tag)),
  )
  if (isDefault && !hasOutputs) return [...new Set([...NEEDED, 'group', 'ip', ...selected])].sort()
  const missing = NEEDED.filter((tag) => !own.includes(tag))
  return missing.length === 0 ? undefined : [...own, ...missing].sort()
}
