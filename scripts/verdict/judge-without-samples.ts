import { endsOf } from './collect-evidence.ts'
import type { Evidence } from './evidence.ts'
import { judge } from './judge.ts'
import type { JudgedRun } from './judge-run.ts'
import { reason } from '../reasons/reasons.ts'
import type { RecordedRun } from './recorded-run.ts'
import type { RunFacts } from './facts/run-facts.ts'
import { timelineOf } from '../indicators/timeline.ts'
import { withoutSamples } from './tables/without-samples.ts'

const NOTHING: RunFacts = {
  iterations: 0,
  droppedIterations: 0,
  scriptExceptions: 0,
  redirectsRefused: 0,
  authFailures: 0,
  iterationSeconds: 0,
  usersMax: 0,
  usersReady: 0,
  elapsedSeconds: 0,
  samplesOutOfTime: 0,
  samplesNotFinite: 0,
}

/** Judges a run of which k6 has recorded nothing: it is INVALID, and says how k6 ended. */
export function judgeWithoutSamples(run: RecordedRun): JudgedRun {
  const { plan, objectives, stoppedByUser, stoppedBy, processMs, instanceFaults = [] } = run
  const startMs = run.startMs ?? processMs.start
  const empty = withoutSamples({
    startMs,
    elapsedSeconds: (processMs.end - startMs) / 1_000,
    plannedSeconds: plan.durationSeconds,
    end: stoppedByUser ? 'stopped-by-user' : 'cut-short',
  })
  const evidence: Evidence = {
    plan,
    timeline: timelineOf(plan.phases, startMs),
    measurements: new Map(),
    machineBusy: new Map(),
    delivery: empty.delivery,
    facts: NOTHING,
    ends: endsOf(run),
    isEndUnknown: run.isEndUnknown,
    stoppedBy,
    endedBecause: run.endedBecause,
    sampleFaults: [reason('NOTHING_RECORDED', {})],
    instanceFaults,
    generatorFaults: [],
    doubts: [],
    crossedThresholds: [],
    standstills: [],
    neverCalled: { operations: [], endpoints: [] },
    logIns: { requests: 0, unanswered: 0, statuses: '' },
    failures: { requests: 0, failed: 0, statuses: '' },
    checks: { checks: 0, rejected: 0, reasons: '' },
  }
  return { ...judge(evidence, objectives), ...empty, ...(stoppedBy && { stoppedBy }) }
}
