import type { FoundK6 } from '../k6/find-k6.ts'
import type { Bundle } from '../plan/bundle.ts'
import { executeRun } from '../engines/local/execute-run.ts'
import type { Interrupts } from '../core/interrupts.ts'
import { writeManifest } from '../run-folder/manifest.ts'
import { openTarget } from '../plan/open-target.ts'
import type { PlannedRun } from '../plan/plan-run.ts'
import { runFolder } from '../run-folder/run-folder.ts'
import type { Targets } from '../plan/target.ts'
import { exitCode } from '../verdict/exit-code.ts'
import { judgeFolder } from '../engines/local/judge-folder.ts'
import type { JudgedRun } from '../verdict/judge-run.ts'
import { verdictFile, writeVerdict } from '../verdict/verdict-file.ts'
import type { ReasonCode } from '../reasons/reasons.ts'
import { verdictWord } from '../verdict/verdict.ts'
import type { SideResult } from './pair-result.ts'
import { readFigures } from '../compare/read-figures.ts'

/** What all runs of a comparison share. */
export interface SharedRun {
  /** Id of the comparison; its runs are folders within its own. */
  id: string
  planned: PlannedRun
  bundle: Bundle
  k6: FoundK6
  /** What `--proxy` and `--insecure` give k6. */
  networkEnv: Readonly<Record<string, string>>
  /** How long a target may take to answer before the load. */
  readyTimeoutSeconds: number | undefined
  /** Of the latency, 0 to 100. */
  percentiles: readonly number[]
  outputs: readonly string[]
  keepRaw: boolean
  interrupts: Interrupts
}

/** Runs and judges one side of a pair in a fresh k6; undefined when the user stopped it. */
export async function measureSide(
  shared: SharedRun,
  name: string,
  targets: Targets,
): Promise<SideResult | undefined> {
  const { planned, keepRaw, interrupts, networkEnv, readyTimeoutSeconds } = shared
  const folder = runFolder(`${shared.id}/${name}`, process.env)
  const { options } = planned.evaluated
  const k6 = shared.k6.path
  const { plan } = planned.evaluated
  const reaching = { k6, options, networkEnv, readyTimeoutSeconds }
  const target = await openTarget(targets, plan.workload, reaching)
  try {
    const executed = await executeRun({
      ...shared,
      ...interrupts,
      folder,
      target,
      startedAt: new Date(),
      webDashboard: false,
    })
    const { manifest, errors, outcome } = executed
    if (outcome.stoppedBy === 'user') return undefined
    const judged = await judgeFolder({ folder, planned, executed, keepRaw })
    await writeVerdict(folder.verdict, verdictFile({ manifest, judged, errors }))
    const { verdict } = judged
    const word = verdictWord(judged)
    await writeManifest(folder.manifest, { ...manifest, verdict: word, exitCode: exitCode(judged) })
    const figures = await readFigures(
      folder,
      { ...judged, plan: manifest.plan },
      shared.percentiles,
    )
    return { run: name, verdict, figures, ...faultsOf(judged) }
  } finally {
    await target.close()
  }
}

/** Another load than planned, and the target may have done it. */
const OF_LOAD: readonly ReasonCode[] = [
  ...(['TARGET_TOO_SLOW', 'POOL_TOO_SMALL', 'LOAD_NOT_OFFERED', 'VUS_MISSING'] as const),
  ...(['NO_ITERATION', 'ENDED_EARLY', 'DEADLINE_PASSED', 'LOG_IN_FAILED'] as const),
  ...(['SCRIPT_THREW', 'SCRIPT_FAILED', 'SCRIPT_ABORTED', 'K6_KILLED', 'K6_BROKE'] as const),
]

/** Nothing that was measured can be trusted, and no target does that. */
const OF_RECORDING = /^(GENERATOR|SAMPLES|CLOCK|SUMMARY|NOTHING_RECORDED)/

/** Why a run does not count in a comparison: an objective that it misses is what is compared. */
export function faultsOf({
  verdict,
  reasons,
  stoppedBy,
}: Pick<JudgedRun, 'verdict' | 'reasons' | 'stoppedBy'>): Pick<
  SideResult,
  'generatorFaults' | 'loadFaults'
> {
  if (stoppedBy) return { generatorFaults: [], loadFaults: [`stopped early by ${stoppedBy.id}`] }
  const texts = (holds: (code: ReasonCode) => boolean): string[] =>
    reasons.flatMap(({ code, text }) => (holds(code) ? [text] : []))
  const isInvalid = verdict === 'INVALID'
  const loadFaults = texts((code) => OF_LOAD.includes(code))
  const ofRecording = texts((code) => isInvalid && OF_RECORDING.test(code))
  // Whatever else makes a run INVALID, it does not count either.
  const isUnnamed = isInvalid && loadFaults.length + ofRecording.length === 0
  const first = reasons.slice(0, isUnnamed ? 1 : 0).map(({ text }) => text)
  return { generatorFaults: [...ofRecording, ...first], loadFaults }
}
