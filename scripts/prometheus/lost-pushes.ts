import { readFileSync } from 'node:fs'
import type { PrometheusPushes } from '../verdict/verdict-file.ts'
import type { PushCount } from './publisher.ts'

const LOST = 'msg="Failed to send the time series data to the endpoint"'
const LATE = 'Some samples may be dropped'

export interface PushFacts {
  url: string
  intervalSeconds: number
  /** Of the toolkit itself. */
  own: PushCount
  /** Paths of the log of each k6. */
  logs: readonly string[]
  /** How long k6 ran. */
  k6Seconds: number
}

/** Counts the pushes of a run: k6's from its log, as k6 itself ends with 0 whatever was lost. */
export function countPushes(facts: PushFacts): PrometheusPushes {
  const { url, intervalSeconds, own, logs, k6Seconds } = facts
  const lines = logs.flatMap(readLines)
  const lost = lines.filter((line) => line.includes(LOST)).length
  const late = lines.filter((line) => line.includes(LATE)).length
  // One an interval, and one at the end.
  const due = Math.max(lost, logs.length * (Math.floor(k6Seconds / intervalSeconds) + 1))
  return { url, intervalSeconds, due: own.due + due, lost: own.lost + lost, late }
}

/** In a sentence; undefined when everything arrived. */
export function lostPushesText({ due, lost, late }: PrometheusPushes): string | undefined {
  const slow = late === 0 ? '' : `${late} took longer than the interval`
  if (lost === 0) return slow === '' ? undefined : `${slow}; none was lost`
  const text = `${lost} of ${due} pushes lost; Prometheus lacks part of this run`
  return slow === '' ? text : `${text}; ${slow}`
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}
