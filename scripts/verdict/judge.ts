import { plannedIterations } from '../plan/scenario-load.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { type DroppedIterations, droppedIterations } from './rules/dropped-iterations.ts'
import type { Evidence } from './evidence.ts'
import { findings } from './rules/findings.ts'
import { invalidReasons } from './rules/invalid-reasons.ts'
import { judgementOf, judgeObjective, type ObjectiveResult } from './rules/judge-objective.ts'
import { ofObjective, reason, type Reason } from '../reasons/reasons.ts'
import { type Judgement, worst } from './verdict.ts'

/** The verdict of a run and why. Plain JSON; every output and the exit code are functions of it. */
export interface RunVerdict extends Judgement {
  /** Why it is no clear PASS, what decides first; of a PASS, what else was noticed. */
  reasons: Reason[]
  objectives: ObjectiveResult[]
  /** Of an INVALID run: what its samples say nevertheless. */
  wouldBe?: Judgement
  /** Of a k6 script of the user's own that broke: the exit code is k6's, as without the toolkit. */
  k6ExitCode?: number
}

/**
 * The verdict of a run: INVALID where its measurements cannot be trusted, else the worst of its required
 * objectives and of what no objective says.
 */
export function judge(evidence: Evidence, objectives: readonly CompiledObjective[]): RunVerdict {
  const { plan, timeline, measurements, machineBusy } = evidence
  const iterations = plannedIterations(plan)
  const results = objectives.map((each) => {
    const result = judgeObjective(each, measurements.get(each.id), { timeline, iterations })
    return machineBusy.has(each.id) && result.verdict === 'FAIL'
      ? { ...result, isClose: true }
      : result
  })
  // A run in steps offers more and more until it is too much.
  const isRamp = plan.judges === 'steps'
  const isCounted = plan.script ? plan.model !== 'open' : plan.iterationsPerUser !== undefined
  const dropped = isRamp || isCounted ? undefined : droppedIterations({ ...evidence, objectives })
  const invalid = invalidReasons(evidence, dropped)
  const { reasons: found, ...judgement } = soundVerdict(evidence, results, dropped)
  const reasons = [...found, ...suspicionReasons(objectives)]
  const ended = brokenExit(evidence)
  if (invalid.length === 0) return { ...judgement, reasons, objectives: results, ...ended }
  return {
    verdict: 'INVALID',
    reasons: [...invalid, ...reasons],
    objectives: results,
    wouldBe: judgement,
    ...ended,
  }
}

/** k6's own, unless the verdict says the same. */
function brokenExit({ plan, ends, stoppedBy, endedBecause, delivery }: Evidence): {
  k6ExitCode?: number
} {
  const isOurs = stoppedBy ?? endedBecause ?? (delivery.end === 'stopped-by-user' || undefined)
  const broken = ends.find(({ exitCode = 0 }) => exitCode !== 0 && exitCode !== 99)
  if (!plan.script || isOurs || broken?.exitCode === undefined) return {}
  return { k6ExitCode: broken.exitCode }
}

// What the run is where its measurements can be trusted.
function soundVerdict(
  evidence: Evidence,
  results: readonly ObjectiveResult[],
  dropped: DroppedIterations | undefined,
): Judgement & { reasons: Reason[] } {
  const found = findings(evidence, results, dropped)
  const required = results.filter(({ level }) => level === 'required')
  const judgement = worst([
    ...required.flatMap((result) => judgementOf(result) ?? []),
    ...found.map(({ atBest }) => atBest),
    ...results.filter(hasSeenNothing).map((): Judgement => ({ verdict: 'PASS', isClose: true })),
  ])
  const ofFinding = (verdict: string): Reason[] =>
    found.flatMap(({ atBest, reason: why }) => (atBest.verdict === verdict ? [why] : []))
  const byUrgency = [...results].sort((one, other) => urgency(other) - urgency(one))
  const { part } = evidence
  return {
    ...judgement,
    reasons: [
      ...ofFinding('FAIL'),
      ...byUrgency.flatMap(reasonOf),
      ...ofFinding('NO_DATA'),
      ...ofFinding('NO_OBJECTIVES'),
      ...ofFinding('PASS'),
      ...(part === undefined ? [] : [reason('PART_OF_LOAD', { part })]),
    ],
  }
}

// A threshold of a script that k6 has let pass unseen.
function hasSeenNothing({ reason: why }: ObjectiveResult): boolean {
  return why?.code === 'THRESHOLD_WITHOUT_SAMPLES'
}

/** What the SLA file says that is hardly meant: it decides nothing, but who reads the verdict should know. */
function suspicionReasons(objectives: readonly CompiledObjective[]): Reason[] {
  const byPath = new Map(
    objectives.flatMap(({ suspicions = [] }) => suspicions).map((each) => [each.path, each]),
  )
  return [...byPath.values()].map(({ path, expected, found }) => {
    return reason('SLA_SUSPICIOUS', { path, expected, found })
  })
}

const URGENCY = ['not in this run', 'PASS', 'NO_OBJECTIVES', 'NO_DATA', 'FAIL', 'INVALID']

// What decides comes first: a missed required objective before a missed advisory one.
function urgency({ verdict, level }: ObjectiveResult): number {
  return 2 * URGENCY.indexOf(verdict) + (level === 'required' ? 1 : 0)
}

function reasonOf({ id, level, verdict, reason: why }: ObjectiveResult): Reason[] {
  if (!why || verdict === 'not in this run') return []
  return [ofObjective(level === 'advisory' ? `${id} (advisory)` : id, why)]
}
