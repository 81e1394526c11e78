import { printVerdict } from '../report/print-verdict.ts'
import { verdictFromPrometheus } from '../verdict-from-prometheus/verdict-from-prometheus.ts'

/** What the user may say about a verdict from Prometheus. */
export interface VerdictOptions {
  prometheus: string
  testid: string
  sla?: string
  workload?: string
  strict: boolean
}

/** Judges a run that is in Prometheus; the exit code says the verdict. */
export async function verdict({ prometheus, ...options }: VerdictOptions): Promise<number> {
  const { file, folder } = await verdictFromPrometheus({
    url: prometheus,
    ...options,
    env: process.env,
  })
  return printVerdict(file, folder, options)
}
