import { measureText } from '../report/objective-text.ts'
import type { ObjectiveRecord } from './run-record.ts'
import type { ObjectiveTrend } from './objective-trend.ts'

/** `53%` of the limit; `-` where a share makes no sense. */
export function usedText({ usedRatio }: ObjectiveTrend): string {
  if (usedRatio === undefined) return '-'
  if (usedRatio > 9.995) return 'over 999%'
  // 99.7 % is not all of it, and 100.2 % is more.
  const percent = usedRatio < 1 ? Math.floor(usedRatio * 100) : Math.ceil(usedRatio * 100)
  return `${percent}%`
}

/** Why the newest run is out of line; undefined when it is not. */
export function outlierText({ objective, latest, outlier }: ObjectiveTrend): string | undefined {
  if (!outlier) return undefined
  const text = (used: number): string => measureText(valueAt(used, objective), objective.unit)
  const how = objective.limit.startsWith('<') ? 'above' : 'below'
  return (
    `${objective.id}: the newest run is out of line, ${measureText(latest, objective.unit)} is ${how} ` +
    `${text(outlier.bound)} (99% bound of the ten runs before, usually ${text(outlier.usual)})`
  )
}

// What usedRatio() makes a share of, back in its unit.
function valueAt(used: number, { limit, bound, unit }: ObjectiveRecord): number {
  if (limit.startsWith('<')) return used * bound
  return unit === 'ratio' ? 1 - used * (1 - bound) : bound / used
}

/** `2026-11-21 16:25`, in UTC. */
export function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}
