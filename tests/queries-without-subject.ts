const NO_NODE = 'no node-exporter is scraped'
const NO_RULES = 'Prometheus has no rules'
const NATIVE = 'the runs send native histograms'

/** Queries that two short runs on the sandbox cannot answer, and why. One that has an answer is a fault. */
export const WITHOUT_SUBJECT: Readonly<Record<string, string>> = {
  Faults: 'nothing injects faults',
  Alerts: NO_RULES,
  'run-overview / Alerts / A': NO_RULES,
  'run-overview / Classic p50 since the start / A': NATIVE,
  'run-overview / Classic p95 since the start / A': NATIVE,
  'run-overview / Classic p99 since the start / A': NATIVE,
  'application-metrics / Technique accuracy / B':
    'the workload does not tell the sandbox what it expects',
  'business-kpis / User satisfaction over time / B': 'nobody sends feedback',
  'business-kpis / User satisfaction over time / C': 'the SLA file has no apdex objective',
  'infrastructure / CPU of machines / A': NO_NODE,
  'infrastructure / Memory of machines / A': NO_NODE,
  'infrastructure / Disks of machines / A': NO_NODE,
  'infrastructure / Disks of machines / B': NO_NODE,
  'infrastructure / Network of machines / A': NO_NODE,
  'infrastructure / Network of machines / B': NO_NODE,
}
