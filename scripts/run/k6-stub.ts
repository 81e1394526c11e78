import type { CustomMetric } from './evaluated-scenario.ts'

/** Stand-ins for k6's modules: enough for init code, which only wires things up. */
export interface K6Stub {
  require: (module: string) => unknown
  /** Filled as the script creates its metrics. */
  metrics: Record<string, CustomMetric>
}

/** Stubs for one evaluation. */
export function k6Stub(): K6Stub {
  const metrics: Record<string, CustomMetric> = {}
  const modules: Record<string, unknown> = {
    'k6/metrics': metricClasses(metrics),
    'k6/data': { SharedArray },
  }
  return { metrics, require: (module) => modules[module] ?? importable(anything()) }
}

const TYPES = { Counter: 'counter', Gauge: 'gauge', Rate: 'rate', Trend: 'trend' } as const

function metricClasses(metrics: K6Stub['metrics']): Record<string, unknown> {
  const record = (type: CustomMetric['type']) =>
    function (this: { name: string; add: () => void }, name: string, isTime = false) {
      metrics[name] = { type, isTime }
      this.name = name
      this.add = () => undefined
    }
  return Object.fromEntries(Object.entries(TYPES).map(([name, type]) => [name, record(type)]))
}

// As in k6, the data is made once and read by index.
function SharedArray(_name: string, make: () => unknown[]): unknown[] {
  return make()
}

/** Something that can be read, called and constructed in any way, and does nothing. */
function anything(): object {
  const proxy: object = new Proxy(() => undefined, {
    get: (_target, key) => (key === Symbol.toPrimitive ? () => '' : proxy),
    apply: () => proxy,
    construct: () => proxy,
  })
  return proxy
}

// esbuild copies a required module's own names onto an object with the module's prototype; names
// that are not there must therefore be found on the prototype.
function importable(stub: object): object {
  return Object.create(stub) as object
}
