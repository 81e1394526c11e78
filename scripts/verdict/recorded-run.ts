import type { RunPlan } from '../../lib/plan.ts'
import type { GeneratorSample } from '../generator/generator-sample.ts'
import type { ServerRecording } from '../indicators/from-server/server-details.ts'
import type { EarlierTable } from '../samples/combine.ts'
import type { InstanceCsv, SampleReport } from '../samples/convert.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import type { GeneratorHealth } from './generator/generator-health.ts'
import type { InstanceGenerator } from './generator/generators-health.ts'
import type { LoadShare } from '../segments/instance-plan.ts'
import type { Reason } from '../reasons/reasons.ts'
import type { InstanceEvidence } from './facts/sample-faults.ts'
import type { StopReason } from '../stop/stop-rule.ts'

/**
 * What k6 recorded: one CSV, those of several instances, sample files that runs have made of theirs, or the one in
 * the run's own folder.
 */
export type Recordings =
  | { csv: string | readonly InstanceCsv[] }
  | { tables: readonly EarlierTable[] }
  | { kept: KeptTable }

/** A sample file that was made earlier. */
export interface KeptTable {
  parquet: string
  /** Missing where nobody kept what was said of it then. */
  report?: SampleReport | undefined
}

/** What is known of the machines that made the load. */
export type GeneratorEvidence =
  | {
      /** Of all k6 together, and of each where there were several. */
      samples: readonly GeneratorSample[]
      each?: readonly InstanceGenerator[]
      /** Usable by all of them. */
      cpus: number
      memoryBytes: number
    }
  /** Judged already, or not to be known: then its notes or faults say so. */
  | { health: GeneratorHealth }

/** An ended run as its engine leaves it: this machine, several of them, or a cluster. */
export interface RecordedRun {
  /** Gets `samples.parquet`. */
  folder: { path: string }
  recordings: Recordings
  /** One for each k6; without a name where there was one only. */
  instances: readonly InstanceEvidence[]
  plan: RunPlan
  objectives: readonly CompiledObjective[]
  /** What the target's own metrics said; missing where nobody has read them. */
  server?: ServerRecording | undefined
  /** Start of the load; undefined when k6 never said it. */
  startMs: number | undefined
  /** From the start of the first k6 to the end of the last one. */
  processMs: { start: number; end: number }
  generator: GeneratorEvidence
  /** Why the load of several k6 is not the planned one. */
  instanceFaults?: readonly Reason[]
  /** What nothing shows of the run, and a clear PASS would need. */
  doubts?: readonly Reason[]
  share?: LoadShare | undefined
  stoppedByUser: boolean
  /** Nobody has kept how k6 ended. */
  isEndUnknown?: boolean
  /** k6 was stopped because it did not end long after its plan was over. */
  isOverdue?: boolean
  stoppedBy?: StopReason | undefined
  /** Why it was ended, where neither the user nor an objective did. */
  endedBecause?: Reason | undefined
  /** Leave k6's CSV beside the sample file. */
  keepRaw: boolean
}
