import { relative } from 'node:path'
import { unknownWorkload } from '../core/usage-errors.ts'
import { unknownScenario } from '../plan/unknown-scenario.ts'
import { say } from '../core/console.ts'
import { bundleScenario } from '../plan/bundle.ts'
import { requireDiskSpace } from '../plan/disk-space.ts'
import { listenForInterrupts } from '../core/interrupts.ts'
import { describeLoad } from '../plan/open-target.ts'
import { networkEnvironment } from '../run-folder/network.ts'
import { bundleRequest, planRun } from '../plan/plan-run.ts'
import { readyK6 } from '../k6/k6-context.ts'
import { newRunId, requireResultsFolder, runFolder } from '../run-folder/run-folder.ts'
import { scriptEnvironment } from '../plan/users-file.ts'
import { findWorkload, scenarioFiles, workloadFolders } from '../plan/scenario-files.ts'
import { startNotes } from '../plan/start-together.ts'
import { parseTargets, requirePermission } from '../plan/target.ts'
import { EXIT_FAIL, EXIT_INVALID, EXIT_NO_DATA, EXIT_STOPPED } from '../verdict/exit-code.ts'
import { settingsOf } from '../options/check-run-options.ts'
import type { CompareOptions } from './compare-options.ts'
import { judgePairs } from './judge-pairs.ts'
import type { SharedRun } from './measure-side.ts'
import type { PairsVerdict } from './pair-result.ts'
import { type PairsFile, versionsOf, writePairs } from './pairs-file.ts'
import { describePairs, type PairsPlan } from './pairs-plan.ts'
import { pairLine, pairsReport } from './pairs-terminal.ts'
import { runPairs } from './run-pairs.ts'

/** Percentiles that are kept of every run, whatever the gates are. */
const USUAL_PERCENTILES = [50, 95, 99]

/** Runs a scenario in pairs against two targets, and says whether the candidate is worse. */
export async function comparePairs(
  scenario: string,
  options: CompareOptions & { pairs: PairsPlan },
): Promise<number> {
  const workload = findWorkload(options.workload)
  if (!workload) throw unknownWorkload(options.workload, workloadFolders())
  const scenarios = scenarioFiles()
  if (!scenarios.some(({ name }) => name === scenario)) throw unknownScenario(scenario, scenarios)
  const startedAt = new Date()
  // "latest" looks for names that begin with a date: this is no run.
  const id = `compare-${newRunId(scenario, startedAt)}`
  const settings = settingsOf(scenario, options, { id: id, timeScale: options.timeScale ?? 1 })
  const env = await scriptEnvironment(process.env)
  const networkEnv = networkEnvironment(options)
  const interrupts = listenForInterrupts()
  try {
    const k6 = await readyK6(interrupts.stop)
    const planned = await planRun({
      workload,
      settings,
      slaPath: options.sla,
      env,
      networkEnv,
      k6: k6.path,
      signal: interrupts.stop,
    })
    const { plan } = planned.evaluated
    const targets = {
      baseline: parseTargets(options.baseline, plan.regions),
      candidate: parseTargets(options.candidate, plan.regions),
    }
    for (const side of [targets.baseline, targets.candidate]) {
      requirePermission(side, { ...plan, confirmed: options.iOwnThisTarget })
    }
    const { path } = runFolder(id, process.env)
    await requireResultsFolder(path)
    await requireDiskSpace(plan, path)
    say(`${scenario} on ${workload.name}: ${describeLoad(plan)}, seed ${options.seed}`)
    say(`${describePairs(options.pairs, plan)}; Ctrl+C keeps the finished pairs`)
    startNotes(planned.objectives, process.env).forEach(say)
    const bundle = await bundleScenario(bundleRequest(workload, planned))
    const shared: SharedRun = {
      id,
      planned,
      bundle,
      k6,
      networkEnv,
      readyTimeoutSeconds: options.readyTimeout,
      percentiles: percentilesOf(options),
      outputs: options.out,
      keepRaw: options.keepRaw,
      interrupts,
    }
    const file = await pairsFile({ shared, options, targets, startedAt })
    await writePairs(path, file)
    say(pairsReport(file, relative(process.cwd(), path) || '.'))
    return file.exitCode
  } finally {
    interrupts.close()
  }
}

interface Comparison {
  shared: SharedRun
  options: CompareOptions & { pairs: PairsPlan }
  targets: PairsFile['targets']
  startedAt: Date
}

async function pairsFile({ shared, options, targets, startedAt }: Comparison): Promise<PairsFile> {
  const { id, planned, k6, interrupts } = shared
  const { gate: gates, margin, atMost, seed } = options
  const { looks, confidence } = options.pairs
  const settings = { gates, margin, atMost, confidence }
  const pairsPlanned = looks.at(-1) ?? 0
  const { pairs, failure } = await runPairs({
    shared,
    seed,
    targets,
    looks,
    isDone: (some) => isDecided(judgePairs(some, settings), atMost),
    onPair: (pair, isUsable) => say(pairLine(pair, pairsPlanned, { gates, isUsable })),
  })
  const judged = judgePairs(pairs, { ...settings, failure })
  const { plan } = planned.evaluated
  return {
    format: 1,
    kind: 'pairs',
    id,
    scenario: planned.settings.scenario,
    workload: plan.workload,
    ...judged,
    pairs,
    pairsPlanned,
    margin,
    ...(atMost !== undefined && { atMost }),
    confidence,
    seed,
    targets,
    plan,
    versions: versionsOf(k6.version),
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    exitCode: interrupts.stop.aborted ? EXIT_STOPPED : exitCodeOf(judged),
  }
}

// Without --at-most there is nothing to prove, and every further pair tightens the reported bound.
function isDecided({ verdict }: PairsVerdict, atMost: number | undefined): boolean {
  if (verdict === 'REGRESSION') return true
  return atMost !== undefined && (verdict === 'IMPROVED' || verdict === 'NO_DIFFERENCE')
}

function percentilesOf({ gate }: CompareOptions): number[] {
  const own = gate.flatMap((each) => (each.kind === 'latency' ? each.percentile : []))
  return [...new Set([...USUAL_PERCENTILES, ...own])]
}

function exitCodeOf({ verdict }: PairsVerdict): number {
  switch (verdict) {
    case 'REGRESSION':
      return EXIT_FAIL
    case 'NO_DATA':
    case 'NOT_PROVEN':
      return EXIT_NO_DATA
    case 'INVALID':
      return EXIT_INVALID
    default:
      return 0
  }
}
