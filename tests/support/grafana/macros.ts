/** What Grafana would put in, for tests that ask Prometheus without a Grafana. */
export interface MacroValues {
  /** Windows as PromQL durations. */
  rateInterval: string
  range: string
  interval: string
  /** Values of the boards' variables; those that are missing are "All". */
  variables?: Record<string, string>
}

const TYPICAL: MacroValues = { rateInterval: '20s', range: '1h', interval: '5s' }

/** A board's query as Prometheus gets it. @throws Error for a macro that nobody knows */
export function withoutMacros(expr: string, values: MacroValues = TYPICAL): string {
  const windows: Record<string, string> = {
    __rate_interval: values.rateInterval,
    __range: values.range,
    __interval: values.interval,
  }
  return expr.replaceAll(/\$(\w+)/g, (macro, name: string) => {
    if (!name.startsWith('__')) return values.variables?.[name] ?? '.*'
    const window = windows[name]
    if (window === undefined) throw new Error(`Expected a known macro, got ${macro}`)
    return window
  })
}
