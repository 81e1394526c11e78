// Causes that make requests fail, or wait before they are sent.
import { endpointOf, HOLD_FROM, isIn, moment, regionOf } from './places.ts'
import { type PlantedCause, SERVER_ERROR } from './worlds.ts'

/** Causes that make requests fail, or wait before they are sent. */
export const FAILING: PlantedCause[] = [
  {
    id: 'burst of failures',
    codes: ['WHY_ERROR_BURST'],
    plant: (world, strength) => {
      const from = moment(world, 5)
      const share = [0.3, 0.6, 1][strength] ?? 0
      return {
        names: '503',
        effects: {
          fail: ({ at, random }) =>
            isIn(at, from, 5) && random() < share
              ? { status: 503, errorCode: 1503, ms: 5 }
              : undefined,
        },
      }
    },
  },
  {
    id: 'one status everywhere',
    codes: ['WHY_ONE_STATUS'],
    plant: (_, strength) => {
      const share = [0.015, 0.03, 0.1][strength] ?? 0
      return {
        names: '502',
        effects: {
          fail: ({ random }) =>
            random() < share ? { status: 502, errorCode: 1502, ms: 20 } : undefined,
        },
      }
    },
  },
  {
    id: 'rate limited',
    codes: ['WHY_RATE_LIMITED'],
    plant: (world, strength) => {
      const share = [0.02, 0.1, 0.4][strength] ?? 0
      return {
        effects: {
          fail: ({ at, random }) =>
            at > HOLD_FROM + world.holdSeconds / 3 && random() < share
              ? { status: 429, errorCode: 1429, ms: 3 }
              : undefined,
        },
      }
    },
  },
  {
    id: 'requests time out',
    codes: ['WHY_TIMEOUTS'],
    plant: (_, strength) => {
      const share = [0.015, 0.03, 0.08][strength] ?? 0
      return {
        effects: {
          fail: ({ random }) =>
            random() < share ? { status: 0, errorCode: 1050, ms: 3_000 } : undefined,
        },
      }
    },
  },
  {
    id: 'connections refused for some seconds',
    codes: ['WHY_CONNECT'],
    plant: (world, strength) => {
      const seconds = [2, 4, 8][strength] ?? 0
      const from = moment(world, seconds)
      return {
        names: 'refused',
        effects: {
          fail: ({ at }) =>
            isIn(at, from, seconds) ? { status: 0, errorCode: 1212, ms: 1 } : undefined,
        },
      }
    },
  },
  {
    id: 'names not found in DNS',
    codes: ['WHY_DNS'],
    plant: (_, strength) => {
      const share = [0.015, 0.03, 0.1][strength] ?? 0
      return {
        effects: {
          fail: ({ random }) =>
            random() < share ? { status: 0, errorCode: 1101, ms: 0.1 } : undefined,
        },
      }
    },
  },
  {
    id: 'failing endpoint',
    codes: ['WHY_FAILING_ENDPOINT'],
    plant: (world, strength) => {
      const bad = endpointOf(world)
      const share = [0.1, 0.25, 0.8][strength] ?? 0
      return {
        names: bad,
        effects: {
          fail: ({ name, random }) => (name === bad && random() < share ? SERVER_ERROR : undefined),
        },
      }
    },
  },
  {
    id: 'failing region',
    codes: ['WHY_FAILING_REGION'],
    plant: (world, strength) => {
      const bad = regionOf(world)
      const share = [0.05, 0.15, 0.6][strength] ?? 0
      return {
        names: bad,
        effects: {
          fail: ({ region, random }) =>
            region === bad && random() < share ? SERVER_ERROR : undefined,
        },
      }
    },
  },
  {
    id: 'failures grow',
    codes: ['WHY_GROWTH'],
    plant: (world, strength) => {
      const most = [0.04, 0.1, 0.3][strength] ?? 0
      return {
        effects: {
          fail: ({ at, random }) =>
            random() < (most * Math.max(0, at - 8)) / world.holdSeconds ? SERVER_ERROR : undefined,
        },
      }
    },
  },
  {
    id: 'connecting is slow',
    codes: ['WHY_CONNECT'],
    objective: ({ p95Ms }) => ({
      indicator: { statistic: 'p95 of iteration_duration' },
      limit: `< ${Math.round(p95Ms)}ms`,
    }),
    plant: (_, strength) => {
      return {
        effects: {
          blockedMs: ({ random }) => (90 + 90 * strength) * (0.6 + 0.8 * random()),
          connectingShare: 0.9,
        },
      }
    },
  },
  {
    id: 'name look-up is slow',
    codes: ['WHY_BLOCKED'],
    objective: ({ perSecond }) => ({
      indicator: { rate: 'http_reqs' },
      limit: `>= ${Math.round(perSecond * 0.9)}/s`,
    }),
    plant: (_, strength) => {
      return {
        effects: {
          blockedMs: ({ random }) => (120 + 120 * strength) * (0.6 + 0.8 * random()),
          connectingShare: 0.02,
        },
      }
    },
  },
]
