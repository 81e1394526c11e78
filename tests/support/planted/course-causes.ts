// Causes of a missed drift, recovery time or capacity.
import { endpointOf, HOLD_FROM, isIn, spikePlan } from './places.ts'
import { planOf } from './simulated-run.ts'
import type { PlantedCause, World } from './worlds.ts'

const drift = { id: 'drift', indicator: { drift: 'latency.p95' }, limit: '< 20%' }
const recovery = { id: 'recovery', indicator: 'recovery-time', limit: '< 3s' }

/** When the second spike of `spikePlan` ends. */
const SECOND_RECOVERY = 68

/** Causes of a missed drift, recovery time or capacity. */
export const COURSE: PlantedCause[] = [
  {
    id: 'drift: latency grows',
    codes: ['WHY_GROWTH'],
    objective: () => drift,
    plant: (world, strength) => ({
      effects: { factor: ({ at }) => grown(world, at, [1.8, 2.5, 4][strength] ?? 1) },
    }),
  },
  {
    id: 'drift: one endpoint grows',
    codes: ['WHY_GROWTH'],
    objective: () => drift,
    plant: (world, strength) => {
      const slow = endpointOf(world)
      const factor = [3, 4, 6][strength] ?? 1
      return {
        names: slow,
        effects: { factor: ({ name, at }) => (name === slow ? grown(world, at, factor) : 1) },
      }
    },
  },
  {
    id: 'recovery: all is slow after a spike',
    codes: ['WHY_NOT_RECOVERED'],
    objective: () => recovery,
    plant: (world, strength) => {
      const isLate = (at: number): boolean => isIn(at, SECOND_RECOVERY, 8 + 6 * strength)
      const factor = 2.5 + strength
      return {
        names: 'in recovery-2',
        effects: { factor: ({ at }) => (isLate(at) ? factor : 1) },
        plan: spikePlan(world),
      }
    },
  },
  {
    id: 'recovery: one endpoint fails after a spike',
    codes: ['WHY_NOT_RECOVERED'],
    objective: () => recovery,
    plant: (world, strength) => {
      const failing = endpointOf(world)
      const isLate = (at: number): boolean => isIn(at, SECOND_RECOVERY, 8 + 6 * strength)
      return {
        names: failing,
        effects: {
          fail: ({ name, at }) =>
            name === failing && isLate(at) ? { status: 500, errorCode: 1500, ms: 3 } : undefined,
        },
        plan: spikePlan(world),
      }
    },
  },
  {
    id: 'capacity: the pool is exhausted',
    codes: ['WHY_POOL_EXHAUSTED', 'WHY_TOO_MUCH_LOAD'],
    objective: ({ p95Ms }) => [
      { id: 'latency', indicator: { latency: 'p95' }, limit: `< ${2 * p95Ms}ms` },
      { id: 'capacity', indicator: 'slo-capacity', limit: '>= 10000/s' },
    ],
    plant: (world, strength) => {
      const slots = [4, 8, 12][strength] ?? 1
      return { effects: { slots }, plan: rampPlan(slots / (meanMs(world) / 1_000)) }
    },
  },
]

function grown({ holdSeconds }: World, at: number, factor: number): number {
  return 1 + ((factor - 1) * at) / (HOLD_FROM + holdSeconds)
}

function meanMs({ endpoints }: World): number {
  return endpoints.reduce((sum, { share, medianMs }) => sum + share * medianMs, 0)
}

// Steps from well below the capacity to well above it.
function rampPlan(capacityPerSecond: number) {
  const steps = Array.from({ length: 8 }, (_, index): [string, number, number][] => {
    const perSecond = Math.round(capacityPerSecond * (0.3 + 0.15 * index))
    return [
      [`settling-${index + 1}`, 2, perSecond],
      [`step-${index + 1}`, 8, perSecond],
    ]
  })
  return { ...planOf(steps.flat()), model: 'open', judges: 'steps' } as const
}
