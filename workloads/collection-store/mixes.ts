// Pure: the operations of each part of the store, with their weights.
import type { Operation, Workload } from '../../lib/workload.ts'

type Weights = NonNullable<Workload['mixes']>[string]

const AUTHENTICATION: Weights = { 'log-in': 20, validate: 60, refresh: 15, 'log-out': 5 }

/** Reads 60 %, writes 20 %, updates 15 %, deletes 3 %, aggregates 2 %; most records that are written are small. */
const DATABASE: Weights = {
  'read-record': 60,
  'write-small': 12,
  'write-medium': 6,
  'write-large': 2,
  'update-record': 15,
  'delete-record': 3,
  'aggregate-records': 2,
}

const DATABASE_STRESS: Weights = {
  'write-large': 25,
  'read-record': 25,
  'query-unindexed': 40,
  'query-indexed': 10,
}

const REALTIME: Weights = {
  subscribe: 20,
  'send-messages': 40,
  'synchronise-tabs': 25,
  'read-events': 15,
}

const FILES: Weights = {
  'upload-file': 30,
  'download-file': 40,
  'list-files': 10,
  'delete-file': 5,
  'make-thumbnail': 15,
}

const COMPUTED: Weights = { 'read-simple': 50, 'read-complex': 20, 'read-dependent': 30 }

const FUNCTIONS: Weights = {
  calculate: 40,
  'apply-business-logic': 25,
  transform: 20,
  'aggregate-values': 15,
}

// The weights of a part, scaled to add up to the given percentage.
const percent = (share: number, part: Weights): Weights => {
  const total = Object.values(part).reduce((sum, weight) => sum + weight, 0)
  const entries = Object.entries(part).map(([name, weight]) => [name, (weight * share) / total])
  return Object.fromEntries(entries) as Weights
}

/** Authentication 20 %, database 40 %, realtime 20 %, files 10 %, computed 5 %, functions 5 %. */
export const MIXED: Weights = {
  ...percent(20, AUTHENTICATION),
  ...percent(40, DATABASE),
  ...percent(20, REALTIME),
  ...percent(10, FILES),
  ...percent(5, COMPUTED),
  ...percent(5, FUNCTIONS),
}

export const MIXES = {
  authentication: AUTHENTICATION,
  database: DATABASE,
  'database-stress': DATABASE_STRESS,
  realtime: REALTIME,
  connections: { 'stay-connected': 100 },
  files: FILES,
  computed: COMPUTED,
  functions: FUNCTIONS,
}

/** Operations with their weights in a mix; those that it does not name are for other mixes only. */
export const weighted = (
  mix: Weights,
  runs: Record<string, Operation['run']>,
): Workload['operations'] => {
  const operations = Object.entries(runs).map(([name, run]) => {
    return [name, { weight: mix[name] ?? 0, run }] as const
  })
  return Object.fromEntries(operations)
}
