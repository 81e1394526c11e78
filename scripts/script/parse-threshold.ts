// Pure. k6's thresholds, as k6 reads them (k6 v2.2.0, metrics/thresholds_parser.go and metric.go).
import type { ScriptThreshold } from '../sla/compiled.ts'

/** A threshold, and its bound. */
export interface ParsedThreshold extends ScriptThreshold {
  /** Name of the metric alone. */
  base: string
  operator: string
  bound: number
}

type RawThreshold = string | { threshold: string; abortOnFail?: boolean | null }

const EXPRESSION = /^\s*([a-z]+|p\(\s*[\d.]+\s*\))\s*(<=|>=|===|==|!=|<|>)\s*(\S+)\s*$/

/** @returns undefined where it is none that k6 could read, which k6 refuses */
export function parseThreshold(metric: string, raw: RawThreshold): ParsedThreshold | undefined {
  const { threshold: source, abortOnFail = false } =
    typeof raw === 'string' ? { threshold: raw } : raw
  const [, aggregate = '', operator = '', number = ''] = EXPRESSION.exec(source) ?? []
  const bound = Number(number)
  if (aggregate === '' || Number.isNaN(bound)) return undefined
  const { base, tags } = selectorOf(metric)
  return {
    // As k6's summary calls it.
    metric: metric.replace(/\{\s*(.*?)\s*\}\s*$/s, '{$1}'),
    source,
    aggregate: aggregate.replaceAll(' ', ''),
    tags,
    base,
    operator,
    bound,
    ...(operator.includes('=') && !/^[<>]/.test(operator) && { isExact: true }),
    ...(abortOnFail === true && { abortsRun: true }),
  }
}

/** `http_req_duration{name:login,scenario:a}` taken apart. */
export function selectorOf(metric: string): { base: string; tags: Record<string, string> } {
  const [, base = metric, selector = ''] = /^([^{]*)\{(.*)\}\s*$/s.exec(metric) ?? []
  const pairs = selector.split(',').flatMap((pair) => {
    const at = pair.indexOf(':')
    const [key, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    return key.trim() === '' ? [] : [[trimmed(key), trimmed(value)] as const]
  })
  return { base: base.trim(), tags: Object.fromEntries(pairs) }
}

function trimmed(text: string): string {
  return text.replace(/^[\s'"]+|[\s'"]+$/g, '')
}
