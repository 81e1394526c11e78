import type { ObjectiveResult } from '../../verdict/rules/judge-objective.ts'
import type { CapacityDetails } from '../../indicators/from-samples/measure-capacity.ts'
import type { CycleResult } from '../../indicators/from-samples/measure-recovery.ts'
import { breakingPointFinding } from './breaking-point-finding.ts'
import { driftFinding } from './drift-finding.ts'
import { html, type Html } from './html.ts'
import { recoveryFinding } from './recovery-finding.ts'
import type { ReportFile } from './report-file.ts'

/** What some objectives found out besides their value; undefined when there was nothing. */
export function findingsSection({ objectives }: ReportFile): Html | undefined {
  const found = objectives.flatMap((row) => findingOf(row, objectives) ?? [])
  return found.length === 0 ? undefined : html`${found}`
}

function findingOf(row: ObjectiveResult, objectives: readonly ObjectiveResult[]): Html | undefined {
  const { indicator, details } = row
  if (details === undefined || details === null) return undefined
  if (indicator === 'recovery-time') return recoveryFinding(details as CycleResult[])
  if (indicator === 'slo-capacity')
    return breakingPointFinding(details as CapacityDetails, objectives)
  return indicator.startsWith('drift') ? driftFinding(row) : undefined
}
