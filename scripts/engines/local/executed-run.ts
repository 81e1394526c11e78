// What the local engine is given, and what it leaves.
import type { LocalExecution } from '../cloud/local-execution.ts'
import type { Division } from '../../segments/instance-plan.ts'
import type { FoundK6 } from '../../k6/find-k6.ts'
import type { K6Outcome } from '../../k6/run-k6.ts'
import type { PrometheusStream, RunPublisher } from '../../prometheus/stream.ts'
import type { LoadShare } from '../../segments/instance-plan.ts'
import type { Reason } from '../../reasons/reasons.ts'
import type { Bundle } from '../../plan/bundle.ts'
import type { EndedInstance } from './instance-rows.ts'
import type { Manifest } from '../../run-folder/manifest.ts'
import type { OpenTarget } from '../../plan/open-target.ts'
import type { PlannedRun } from '../../plan/plan-run.ts'
import type { ScriptRun } from '../../script/script-run.ts'
import type { RunFolder } from '../../run-folder/run-folder.ts'
import type { ServerMetricsChoice } from '../../server-metrics/start-server-metrics.ts'
import type { WatchedRun } from './watch-run.ts'

export interface ExecuteInput {
  folder: RunFolder
  planned: PlannedRun
  /** Missing for a script of the user's own. */
  bundle?: Bundle
  /** Set for a script of the user's own. */
  script?: ScriptRun
  /** Gets each line that a single k6 writes to its log. */
  onLog?: (line: string) => void
  /** Gets each line that a single k6 prints. */
  onOutput?: (line: string) => void
  k6: FoundK6
  target: OpenTarget
  startedAt: Date
  outputs: readonly string[]
  webDashboard: boolean
  /** What `--proxy` and `--insecure` give k6. */
  networkEnv?: Readonly<Record<string, string>> | undefined
  /** All k6 together may use so much; what this machine has, unless said otherwise. */
  maxMemoryBytes?: number | undefined
  /** Where several k6 make the load, on this machine or on others too. */
  division?: Division | undefined
  /** Where the run streams to, if it does. */
  stream?: PrometheusStream | undefined
  /** Where Grafana Cloud k6 gets the metrics too. */
  cloud?: LocalExecution | undefined
  /** Where and how often the targets' own metrics are read. */
  serverMetrics?: ServerMetricsChoice | undefined
  stop: AbortSignal
  kill: AbortSignal
}

export interface ExecutedRun {
  /** Of all k6 as if they were one. */
  outcome: K6Outcome
  watched: WatchedRun
  manifest: Manifest
  /** Start of the load; undefined when no k6 ever began it. */
  startMs: number | undefined
  /** From the start of the first k6 process to the end of the last one. */
  processMs: { start: number; end: number }
  /** Distinct errors of the logs, first ones first. */
  errors: string[]
  instances: EndedInstance[]
  /** Why several k6 did not make the load that was planned. */
  instanceFaults: Reason[]
  /** Why the run was ended, where neither the user nor an objective did. */
  endedBecause?: Reason
  /** The part of the load that was this machine's, where there are others. */
  share?: LoadShare | undefined
  /** The stream to Prometheus, whose last push is the verdict. */
  streamed?: { publisher: RunPublisher; url: string; intervalSeconds: number }
}
