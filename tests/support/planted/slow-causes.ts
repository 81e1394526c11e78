// Causes that make requests slow.
import { endpointOf, HOLD_FROM, isIn, moment, regionOf, spikePlan } from './places.ts'
import { planOf } from './simulated-run.ts'
import { type PlantedCause } from './worlds.ts'

/** Causes that make requests slow. */
export const SLOW: PlantedCause[] = [
  {
    id: 'slow endpoint',
    codes: ['WHY_SLOW_ENDPOINT'],
    plant: (world, strength) => {
      const slow = endpointOf(world)
      return {
        names: slow,
        effects: { factor: ({ name }) => (name === slow ? 1.8 + strength : 1) },
      }
    },
  },
  {
    id: 'slow endpoint for some seconds',
    codes: ['WHY_SLOW_ENDPOINT'],
    plant: (world, strength) => {
      const slow = endpointOf(world)
      const from = moment(world, 15)
      const factor = [4, 6, 10][strength] ?? 1
      return {
        names: slow,
        effects: { factor: ({ name, at }) => (name === slow && isIn(at, from, 15) ? factor : 1) },
      }
    },
  },
  {
    id: 'slow mode of one endpoint',
    codes: ['WHY_SLOW_ENDPOINT'],
    plant: (world, strength) => {
      const slow = endpointOf(world)
      const share = [0.2, 0.35, 0.6][strength] ?? 0
      return {
        names: slow,
        effects: { factor: ({ name, random }) => (name === slow && random() < share ? 8 : 1) },
      }
    },
  },
  {
    id: 'slow region',
    codes: ['WHY_SLOW_REGION'],
    plant: (world, strength) => {
      const slow = regionOf(world)
      return {
        names: slow,
        effects: { addMs: ({ region }) => (region === slow ? 50 + 50 * strength : 0) },
      }
    },
  },
  {
    id: 'slow region for some seconds',
    codes: ['WHY_SLOW_REGION'],
    plant: (world, strength) => {
      const slow = regionOf(world)
      const from = moment(world, 15)
      return {
        names: slow,
        effects: {
          addMs: ({ region, at }) =>
            region === slow && isIn(at, from, 15) ? 150 + 150 * strength : 0,
        },
      }
    },
  },
  {
    id: 'slow seconds everywhere',
    codes: ['WHY_SLOW_SECONDS'],
    plant: (world, strength) => {
      const from = moment(world, 10)
      return { effects: { factor: ({ at }) => (isIn(at, from, 10) ? 2 + strength : 1) } }
    },
  },
  {
    id: 'slow start',
    codes: ['WHY_SLOW_START'],
    plant: (_, strength) => {
      const lasts = 12 + 2 * strength
      return {
        effects: { factor: ({ at }) => 1 + (3 + 3 * strength) * Math.max(0, 1 - at / lasts) },
      }
    },
  },
  {
    id: 'leak: latency grows',
    codes: ['WHY_GROWTH'],
    plant: (world, strength) => {
      const factor = [1.8, 2.5, 4][strength] ?? 1
      return {
        effects: { factor: ({ at }) => 1 + (factor - 1) * (at / (HOLD_FROM + world.holdSeconds)) },
      }
    },
  },
  {
    id: 'pool exhausted in the ramp',
    codes: ['WHY_POOL_EXHAUSTED'],
    plant: (world, strength) => {
      const mean = 60
      const busy = (world.users * mean) / (mean + world.thinkSeconds * 1_000)
      const slots = Math.max(1, Math.floor(busy * ([0.75, 0.55, 0.35][strength] ?? 1)))
      const plan = planOf([
        ['warm-up', 3, 1],
        ['ramp-up', 40, world.users],
        ['hold', 30, world.users],
        ['ramp-down', 3, 0],
      ])
      return { effects: { slots }, plan }
    },
  },
  {
    id: 'large responses',
    codes: ['WHY_LARGE_RESPONSES'],
    plant: (world, strength) => {
      const large = endpointOf(world)
      return {
        names: large,
        effects: { receivingMs: ({ name }) => (name === large ? 120 + 100 * strength : 0.2) },
      }
    },
  },
  {
    id: 'slow in spikes only',
    codes: ['WHY_ONE_PHASE'],
    plant: (world, strength) => {
      const isSpike = (at: number): boolean => isIn(at, 24, 12) || isIn(at, 56, 12)
      return {
        effects: { factor: ({ at }) => (isSpike(at) ? 1.8 + strength * 0.7 : 1) },
        plan: spikePlan(world),
        names: 'spike',
      }
    },
  },
  {
    id: 'everything slow',
    codes: ['WHY_EVERYTHING_SLOW'],
    plant: (world, strength) => {
      for (const endpoint of world.endpoints) endpoint.medianMs = 50 + 5 * world.random()
      return { effects: { factor: () => 1.35 + strength * 0.4 } }
    },
  },
]
