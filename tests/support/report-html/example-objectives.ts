import type { ObjectiveResult } from '../../../scripts/verdict/rules/judge-objective.ts'
import type {
  CapacityDetails,
  MeasuredStep,
} from '../../../scripts/indicators/from-samples/measure-capacity.ts'
import { reason } from '../../../scripts/reasons/reasons.ts'
import type { CycleResult } from '../../../scripts/indicators/from-samples/measure-recovery.ts'

const PHASES = { judged: ['hold'], excluded: ['warm-up'] }

const COMMON = { level: 'required', unit: 'ms', samples: 25_000, phases: PHASES } as const

/** Why the first objective is close. */
export const WINDOWS_MISSED = reason('WINDOWS_MISSED', {
  violating: 2,
  windows: 30,
  lengthSeconds: 2,
  longestStreak: 2,
})

const CYCLES: CycleResult[] = [
  {
    cycle: 'spike-1',
    outcome: 'RECOVERED',
    recoverySeconds: 3.5,
    slowAboveMs: 120,
    usualShare: 0.05,
    limitShare: 0.08,
  },
  {
    cycle: 'spike-2',
    outcome: 'NO_DATA',
    reason: reason('RECOVERY_TOO_SHORT', { cycle: 'spike-2', seconds: 2, needed: 5 }),
  },
]

/** One of each kind: missed in part, met, advisory, and not in this run. */
export function exampleObjectives(): ObjectiveResult[] {
  return [
    latencyObjective(),
    {
      ...COMMON,
      id: 'recovery',
      indicator: 'recovery-time',
      limit: '< 5m',
      bound: 300_000,
      measured: 3_500,
      verdict: 'PASS',
      details: CYCLES,
    },
    {
      ...COMMON,
      id: 'capacity',
      level: 'advisory',
      indicator: 'slo-capacity',
      unit: '/s',
      limit: '>= 1000/s',
      bound: 1_000,
      measured: 1_200,
      verdict: 'PASS',
      details: exampleCapacity(),
    },
    {
      id: 'updates',
      level: 'required',
      indicator: 'share of stream_on_time',
      unit: 'ratio',
      limit: '>= 99%',
      bound: 0.99,
      verdict: 'not in this run',
      reason: reason('ABSENT', { why: 'it applies to dashboard only' }),
    },
  ]
}

function latencyObjective(): ObjectiveResult {
  return {
    ...COMMON,
    id: 'latency-p95',
    description: 'As promised to customers.',
    indicator: 'latency p95',
    limit: '< 100ms',
    bound: 100,
    measured: 95,
    interval: { low: 93, high: 97 },
    windows: {
      lengthSeconds: 2,
      count: 30,
      violating: 2,
      violatingRatio: 2 / 30,
      longestStreak: 2,
      longestStreakAt: '2026-11-21T16:00:20.000Z',
      violated: [
        { at: '2026-11-21T16:00:20.000Z', value: 120, samples: 900 },
        { at: '2026-11-21T16:00:22.000Z', value: 130, samples: 900 },
      ],
      isMissed: true,
      isDemanded: false,
    },
    verdict: 'PASS',
    isClose: true,
    reason: WINDOWS_MISSED,
    sql: 'SELECT quantile_cont(duration_ms, 0.95) FROM requests',
  }
}

function exampleCapacity(): CapacityDetails {
  const steps = [400, 800, 1_200, 1_600, 2_000].map((offeredPerSecond, index): MeasuredStep => {
    const isSound = index < 3
    return {
      name: `step-${index + 1}`,
      offeredPerSecond,
      achievedPerSecond: Math.min(1_400, offeredPerSecond),
      meetsObjectives: isSound,
      missedObjectives: isSound ? [] : ['latency-p95'],
      measured: { 'latency-p95': isSound ? 80 : 400 },
    }
  })
  const found = (index: number) => {
    const { offeredPerSecond = 0, achievedPerSecond = 0 } = steps[index] ?? {}
    return { index, offeredPerSecond, achievedPerSecond }
  }
  return {
    steps,
    breakingPoint: {
      good: found(2),
      bad: { ...found(3), fellShort: true, missedObjectives: ['latency-p95'] },
    },
  }
}
