import type { ComparedRow } from '../verdict/compared-row.ts'
import { formatDifference } from '../statistics/difference-scale.ts'
import type { SinceLastRun } from '../verdict/compared-row.ts'
import { lostPushesText } from '../prometheus/lost-pushes.ts'
import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import {
  breakText,
  type CapacityDetails,
  capacityText,
} from '../indicators/from-samples/measure-capacity.ts'
import type { CycleResult } from '../indicators/from-samples/measure-recovery.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'

/** What some objectives found out besides their value: recoveries, and where a target breaks. */
export function findingLines(file: VerdictFile): string[] {
  const { objectives, stoppedBy, sinceLast, prometheus } = file
  const lost = prometheus && lostPushesText(prometheus)
  return [
    ...(stoppedBy ? [`Ended early     ${stoppedBy.reason}`] : []),
    ...objectives.flatMap(linesOf),
    ...(sinceLast ? [sinceLastLine(sinceLast)] : []),
    ...(lost === undefined ? [] : [`Prometheus      ${lost}`]),
  ]
}

/** `Since last run  latency-p95 +12% (worse), 7 others alike; 20261121-… was PASS` */
function sinceLastLine({ id, verdict, objectives }: SinceLastRun): string {
  const isHinted = ({ hint }: ComparedRow): boolean => hint === 'worse' || hint === 'better'
  const told = objectives.filter(isHinted).map(({ name, difference, scale, hint }) => {
    return `${name} ${formatDifference(scale, difference?.estimate ?? 0)} (${hint})`
  })
  const alike = objectives.length - told.length
  const rest = told.length === 0 ? 'nothing beyond chance' : `${alike} others alike`
  return `Since last run  ${[...told, rest].join(', ')}; ${id} was ${verdict}, and one run each is no proof`
}

function linesOf({ indicator, details }: ObjectiveResult): string[] {
  if (details === undefined) return []
  if (indicator === 'recovery-time') return [recoveryLine(details as CycleResult[])]
  if (indicator === 'slo-capacity') return breakingPointLines(details as CapacityDetails)
  return []
}

/** `Recovery        spike-1 0.8 s, spike-2 NOT_RECOVERED within 11.8 s` */
function recoveryLine(cycles: readonly CycleResult[]): string {
  const told = cycles.map((cycle) => {
    const { cycle: name, outcome } = cycle
    if (outcome === 'RECOVERED') return `${name} ${cycle.recoverySeconds.toFixed(1)} s`
    if (outcome === 'NO_DATA') return `${name} unknown (${cycle.reason.text})`
    return `${name} NOT_RECOVERED within ${cycle.observedSeconds.toFixed(1)} s`
  })
  return `Recovery        ${told.join(', ')}`
}

/** `Capacity        between 900/s (good) and 1,050/s (bad): latency-p95 was missed` */
function breakingPointLines({ breakingPoint: point }: CapacityDetails): string[] {
  return [`Capacity        ${capacityText(point)}${point.bad ? `: ${breakText(point.bad)}` : ''}`]
}
