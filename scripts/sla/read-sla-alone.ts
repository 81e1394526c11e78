import { readFile } from 'node:fs/promises'
import { type Catalogue, readSla } from './read-sla.ts'
import { parseJson } from './json-syntax.ts'
import type { IndicatorRecord } from '../indicators/indicator-record.ts'
import { INDICATORS } from '../indicators/indicators.ts'
import { K6_METRICS } from '../indicators/k6-metrics.ts'
import type { EachKey } from '../indicators/objective.ts'
import type { RawObjective, Sla } from './sla-file.ts'

/**
 * Reads an SLA file where no scenario is at hand, for what is generated from it. Names of scenarios,
 * endpoints and metrics are taken as written: a run refuses one that does not exist.
 *
 * @throws ToolkitError `K6V_SLA_…`; one error lists every other problem of the file
 */
export async function readSlaAlone(path: string): Promise<Sla> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const parsed = await parseJson(text.replace(/^\uFEFF/, ''))
  return readSla(path, catalogueOf('data' in parsed ? parsed.data : undefined))
}

/** Knows every name that the file uses, and no other. */
function catalogueOf(data: unknown): Catalogue {
  const { workload, objectives } = (data ?? {}) as { workload?: unknown; objectives?: unknown }
  const raws = (Array.isArray(objectives) ? objectives : []).filter(
    (raw): raw is Partial<RawObjective> => typeof raw === 'object' && raw !== null,
  )
  const named = (key: EachKey): string[] =>
    raws.flatMap(({ where, each }) => [where?.[key] ?? [], each === key ? `any ${key}` : []].flat())
  return {
    workload: typeof workload === 'string' ? workload : '',
    scenarios: raws.flatMap(({ scenarios }) => listOf(scenarios).map(scenarioName)),
    endpoints: named('endpoint'),
    operations: named('operation'),
    regions: named('region'),
    metrics: Object.fromEntries(raws.flatMap(metricsOf)),
  }
}

// The file has not been checked yet: anything may stand anywhere, also an object that is no text.
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function scenarioName(entry: unknown): string {
  return textOf(entry).split(':')[0] ?? ''
}

type NamedMetric = [string, Catalogue['metrics'][string]]

function metricsOf({ indicator, limit }: { indicator?: unknown; limit?: unknown }): NamedMetric[] {
  if (typeof indicator !== 'object' || indicator === null) return []
  const records = new Map<string, Pick<IndicatorRecord, 'metricTypes'>>(Object.entries(INDICATORS))
  return Object.entries(indicator as Record<string, unknown>).flatMap(
    ([kind, value]): NamedMetric[] => {
      const [type] = records.get(kind)?.metricTypes ?? []
      const name = textOf(value).split(' of ').at(-1) ?? ''
      if (type === undefined || name in K6_METRICS) return []
      return [[name, { type, isTime: /\d\s*(ms|s|m|h)$/.test(textOf(limit)) }]]
    },
  )
}
