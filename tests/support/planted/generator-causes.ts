// Standstills, and causes on the machine of k6.
import { HOLD_FROM, isIn, k6Stopped, moment, openPlan, spikePlan } from './places.ts'
import { type PlantedCause } from './worlds.ts'

/** Standstills, and causes on the machine of k6. */
export const STALLS_AND_MACHINE: PlantedCause[] = [
  {
    id: 'standstill of the target, open',
    codes: ['WHY_STANDSTILL'],
    plant: (world, strength) => {
      const seconds = [2, 4, 8][strength] ?? 0
      const from = moment(world, seconds)
      return { effects: { stalls: [[from, from + seconds]] }, plan: openPlan(world) }
    },
  },
  {
    id: 'two standstills of the target, closed',
    codes: ['WHY_STANDSTILL'],
    plant: (world, strength) => {
      const seconds = [1.5, 2.5, 5][strength] ?? 0
      const from = HOLD_FROM + 3 + world.random() * 8
      const again = from + 12 + world.random() * 8
      return {
        effects: {
          stalls: [
            [from, from + seconds],
            [again, again + seconds],
          ],
        },
      }
    },
  },
  {
    id: 'standstill at regular times',
    codes: ['WHY_PERIODIC'],
    plant: (world, strength) => {
      const seconds = [0.8, 1.5, 2.5][strength] ?? 0
      const every = 8 + world.random() * 4
      const stalls = Array.from({ length: 30 }, (_, index): [number, number] => {
        const from = HOLD_FROM + 2 + index * every
        return [from, from + seconds]
      }).filter(([, to]) => to < HOLD_FROM + world.holdSeconds)
      return { effects: { stalls } }
    },
  },
  {
    id: 'k6 stopped, by the longest request',
    codes: ['WHY_K6_STALLED'],
    objective: ({ p99Ms }) => ({
      indicator: { statistic: 'max of http_req_duration' },
      limit: `< ${8 * p99Ms}ms`,
    }),
    plant: (world, strength) => ({ effects: k6Stopped(world, [3, 5, 9][strength] ?? 0) }),
  },
  {
    id: 'k6 stopped, by the rate',
    codes: ['WHY_K6_STALLED'],
    objective: ({ perSecond }) => ({
      indicator: { rate: 'http_reqs' },
      phases: ['hold'],
      limit: `>= ${Math.round(perSecond * 0.95)}/s`,
    }),
    plant: (world, strength) => ({ effects: k6Stopped(world, [5, 8, 12][strength] ?? 0) }),
  },
  {
    id: 'CPU taken by another process',
    codes: ['WHY_CPU_TAKEN'],
    plant: (world, strength) => {
      const seconds = [8, 14, 20][strength] ?? 0
      const from = Math.floor(moment(world, seconds))
      const generator = (second: number) =>
        isIn(second, from, seconds) ? { othersCpu: 1.5, k6WaitSeconds: 0.5 + world.random() } : {}
      return {
        effects: { factor: ({ at }) => (isIn(at, from, seconds) ? 2 + strength : 1), generator },
      }
    },
  },
  {
    id: 'CPU taken for the whole run',
    codes: ['WHY_CPU_TAKEN'],
    plant: (_, strength) => {
      return {
        effects: {
          factor: () => 1.3 + 0.4 * strength,
          generator: () => ({ othersCpu: 1.5, k6WaitSeconds: 0.8 }),
        },
      }
    },
  },
  {
    id: 'garbage collection of k6',
    codes: ['WHY_GC'],
    plant: (world, strength) => {
      const starts = [0.2, 0.5, 0.8].map((place) =>
        Math.floor(HOLD_FROM + place * world.holdSeconds),
      )
      const isGc = (at: number): boolean => starts.some((start) => isIn(at, start, 2))
      const generator = (second: number) =>
        isGc(second) ? { k6Cpu: 1.4, gcCpuSeconds: 1, gcPauseSeconds: 0.01 } : {}
      return { effects: { factor: ({ at }) => (isGc(at) ? 3 + 2 * strength : 1), generator } }
    },
  },
  {
    id: 'k6 and sandbox fill the machine in spikes',
    codes: ['WHY_MACHINE_FULL'],
    plant: (world, strength) => {
      const isSpike = (at: number): boolean => isIn(at, 24, 12) || isIn(at, 56, 12)
      const generator = (second: number) =>
        isSpike(second) ? { k6Cpu: 1, sandboxCpu: 0.96, othersCpu: 0.02 } : {}
      return {
        effects: { factor: ({ at }) => (isSpike(at) ? 1.8 + strength * 0.7 : 1), generator },
        plan: spikePlan(world),
      }
    },
  },
]
