import type { FoundK6 } from '../k6/find-k6.ts'
import type { Bundle } from '../run/bundle.ts'
import { executeRun } from '../run/execute-run.ts'
import type { Interrupts } from '../run/interrupts.ts'
import { writeManifest } from '../run/manifest.ts'
import { openTarget } from '../run/open-target.ts'
import type { PlannedRun } from '../run/plan-run.ts'
import { runFolder } from '../run/run-folder.ts'
import type { Targets } from '../run/target.ts'
import { exitCode } from '../verdict/exit-code.ts'
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
    await writeVerdict(folder.verdict, verdictFile({ manifest, judged, errors }))
    const { verdict } = judged
    await writeManifest(folder.manifest, { ...manifest, verdict, exitCode: exitCode(judged) })
    const { requests } = judged.tables
    const { percentiles } = shared
    const figures = requests
      ? await readFigures({ requests, folder: folder.path, percentiles })
      : []
    return { run: name, verdict, figures, ...faultsOf(judged) }
  } finally {
    await target.close()
  }
}

// What only the generator or the recording can have done is told apart from what the target may have.
function faultsOf(judged: JudgedRun): Pick<SideResult, 'generatorFaults' | 'loadFaults'> {
  const { verdict, generator, reasons, stoppedBy } = judged
  if (stoppedBy) return { generatorFaults: [], loadFaults: [`stopped early by ${stoppedBy.id}`] }
  if (verdict !== 'INVALID') return { generatorFaults: [], loadFaults: [] }
  const ofGenerator = new Set(generator.faults.map(({ code }) => code))
  const texts = (isOfGenerator: boolean): string[] =>
    reasons.flatMap(({ code, text }) => (ofGenerator.has(code) === isOfGenerator ? [text] : []))
  return { generatorFaults: texts(true), loadFaults: texts(false) }
}
