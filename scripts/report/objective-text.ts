import { formatMeasure } from '../core/format-measure.ts'
import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import { type Judgement, verdictText } from '../verdict/verdict.ts'
import type { Marked } from './html/state-mark.ts'

/** Whether the objective applies to the run at all. */
export function isJudged({ verdict }: ObjectiveResult): boolean {
  return verdict !== 'not in this run'
}

/** `PASS (close)`, or `not in this run`. */
export function verdictOf(row: Marked): string {
  return row.verdict === 'not in this run' ? row.verdict : verdictText(row)
}

/** What an INVALID run would be if it could be trusted. */
export function wouldBeText(wouldBe: Judgement): string {
  return `Its samples would make it ${verdictText(wouldBe)}.`
}

/** `latency-p95 (advisory)`. */
export function nameText({ id, level }: Pick<ObjectiveResult, 'id' | 'level'>): string {
  return level === 'advisory' ? `${id} (advisory)` : id
}

/** `212.41 ms`, or `-`. */
export function measuredText({ measured, unit }: ObjectiveResult): string {
  return measureText(measured, unit)
}

/** `200 ms to 220 ms`, or `-` for a count. */
export function intervalText({ interval, unit }: ObjectiveResult): string {
  if (!interval) return '-'
  return `${measureText(interval.low, unit)} to ${measureText(interval.high, unit)}`
}

/** `2 of 30 miss`. */
export function windowsText({ windows }: ObjectiveResult): string {
  if (!windows || windows.count === 0) return '-'
  const { count, violating } = windows
  return violating === 0 ? `${count} good` : `${violating} of ${count} miss`
}

/** A value in its unit; `-` for what JSON has no number for. */
export function measureText(
  value: number | null | undefined,
  unit: ObjectiveResult['unit'],
): string {
  return typeof value === 'number' && Number.isFinite(value) ? formatMeasure(value, unit) : '-'
}
