// What a query of a board must not do; each rule is a defect that published k6 boards have.

/** Labels that the series of a run, of the sandbox and of node-exporter have. */
export const DECLARED_LABELS: readonly string[] = [
  ...['testid', 'workload', 'run_scenario', 'instance', 'job'],
  ...['scenario', 'name', 'status', 'expected_response', 'error_code', 'check'],
  ...['phase', 'operation', 'judged', 'region', 'segment', 'technique'],
  ...['metric', 'outcome', 'profile', 'verdict', 'objective', 'indicator', 'unit', 'comparison'],
  ...['level', 'fault', 'le', 'kind', 'route', 'satisfied', 'mode', 'device', 'fstype'],
  ...['alertname', 'alertstate', 'severity'],
]

const RULES: { pattern: RegExp; fault: string }[] = [
  { pattern: /\birate\(/, fault: 'irate() shows two pushes of many' },
  {
    pattern: /\b(increase|delta)\(/,
    fault: 'increase() loses the first push: sum(max_over_time())',
  },
  { pattern: /\bk6_\w+_rate\b/, fault: 'a *_rate gauge is a ratio since the start of each series' },
  {
    pattern: /\bavg(\s*by\s*\([^)]*\))?\s*\(\s*(histogram_quantile|k6_\w+_p\d+)/,
    fault: 'an average of percentiles is no percentile',
  },
  {
    pattern: /\b(rate|sum)(\s*by\s*\([^)]*\))?\s*\(\w+_p\d+\b/,
    fault: 'percentiles can be neither added nor averaged',
  },
  {
    pattern: /_over_time\(k6_(?!verdict_)\w+_(seconds|usd)\{/,
    fault: 'histograms have no *_over_time',
  },
  { pattern: /\[\d+[smhd]\]/, fault: 'a fixed window does not follow the zoom' },
]

/** Faults of one query, none for a good one. */
export function lintQuery(expr: string): string[] {
  const broken = RULES.filter(({ pattern }) => pattern.test(expr)).map(({ fault }) => fault)
  const labels = labelsOf(expr).filter((label) => !DECLARED_LABELS.includes(label))
  return [...broken, ...labels.map((label) => `${label} is a label of no series`)]
}

/** Labels in matchers and in by(), on(), without() and ignoring(). */
function labelsOf(expr: string): string[] {
  const matched = [...expr.matchAll(/[{,]\s*(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(
    ([, label = '']) => label,
  )
  const grouped = [...expr.matchAll(/\b(?:by|on|without|ignoring)\s*\(([^)]*)\)/g)].flatMap(
    ([, list = '']) => list.split(',').map((label) => label.trim()),
  )
  return [...matched, ...grouped].filter((label) => label !== '')
}
