import { describeExit } from '../k6/exit-codes.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import type { Bundle } from '../run/bundle.ts'
import { executeRun, type ExecutedRun } from '../run/execute-run.ts'
import type { Interrupts } from '../run/interrupts.ts'
import { writeManifest } from '../run/manifest.ts'
import { openTarget } from '../run/open-target.ts'
import type { PlannedRun } from '../run/plan-run.ts'
import { runFolder } from '../run/run-folder.ts'
import type { Targets } from '../run/target.ts'
import { EXIT_FAIL, exitCode } from '../verdict/exit-code.ts'
import { judgeFolder } from '../verdict/judge-folder.ts'
import type { JudgedRun } from '../verdict/judge-run.ts'
import { verdictFile, writeVerdict } from '../verdict/verdict-file.ts'
import type { SideResult } from './pair-result.ts'
import { readFigures } from './read-figures.ts'

/** What all runs of a comparison share. */
export interface SharedRun {
  /** Id of the comparison; its runs are folders within its own. */
  id: string
  planned: PlannedRun
  bundle: Bundle
  k6: FoundK6
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
  const { planned, keepRaw, interrupts } = shared
  const folder = runFolder(`${shared.id}/${name}`, process.env)
  const target = await openTarget(targets)
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
    const verdict = judged?.verdict ?? 'INVALID'
    if (judged) await writeVerdict(folder.verdict, verdictFile({ manifest, judged, errors }))
    const isStoppedEarly = outcome.stoppedBy === 'objective'
    const end = { verdict: judged?.verdict, k6ExitCode: outcome.exitCode, isStoppedEarly }
    await writeManifest(folder.manifest, { ...manifest, verdict, exitCode: exitCode(end) })
    const requests = judged?.tables.requests
    const { percentiles } = shared
    const figures = requests
      ? await readFigures({ requests, folder: folder.path, percentiles })
      : []
    return { run: name, verdict, figures, ...faultsOf(executed, judged) }
  } finally {
    await target.close()
  }
}

// What only the generator or the recording can have done is told apart from what the target may have.
function faultsOf(
  { outcome, errors }: ExecutedRun,
  judged: JudgedRun | undefined,
): Pick<SideResult, 'generatorFaults' | 'loadFaults'> {
  if (!judged) {
    const [error = 'nothing was recorded'] = errors
    return { generatorFaults: [], loadFaults: [`${describeExit(outcome.exitCode)}: ${error}`] }
  }
  const { generator, delivery, reasons, stoppedBy } = judged
  if (stoppedBy) return { generatorFaults: [], loadFaults: [`stopped early by ${stoppedBy.id}`] }
  const isWhole = outcome.exitCode === 0 || outcome.exitCode === EXIT_FAIL
  const ofK6 = isWhole ? [] : [describeExit(outcome.exitCode)]
  if (judged.verdict !== 'INVALID') return { generatorFaults: [], loadFaults: ofK6 }
  const ofLoad = [...ofK6, ...delivery.loadFaults, ...delivery.scriptFaults]
  const faults = generator.faults.map(({ text }) => text)
  if (faults.length > 0) return { generatorFaults: faults, loadFaults: ofLoad }
  if (ofLoad.length > 0) return { generatorFaults: [], loadFaults: ofLoad }
  const [first = 'INVALID'] = reasons
  return delivery.end === 'cut-short'
    ? { generatorFaults: [], loadFaults: [first] }
    : { generatorFaults: [first], loadFaults: [] }
}
