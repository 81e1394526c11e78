import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Sla } from '../../scripts/sla/sla-file.ts'
import { readSlaAlone } from '../../scripts/sla/read-sla-alone.ts'
import { anomalyDetection, regressionsOf } from './anomaly-detection.ts'
import { capacityOf, capacityPlanning } from './capacity-planning.ts'
import { budgetRecording, percentileRecording, rateRecording } from './objective-recording.ts'
import { recording } from './recording.ts'
import { ruleFile, type RuleGroup } from './rule.ts'
import { serviceLevel } from './service-level.ts'
import { judgedAfterwards, slaAlerts } from './sla-alerts.ts'

const THRESHOLDS = fileURLToPath(new URL('../../thresholds/', import.meta.url))

/** Where rule files go, from the project's folder. */
const RULES_FOLDER = 'grafana/generated/rules'

/**
 * Prometheus' rule files: those of every workload, and for each SLA file those that only select its workload.
 *
 * @returns texts by path from the project's folder, in the order of their paths
 * @throws ToolkitError when an SLA file has problems
 */
export async function generateRules(): Promise<Record<string, string>> {
  const slas = await allSlas()
  const entries = Object.entries(ruleFilesOf(slas)).map(([name, groups]) => {
    const sla = slas.find(({ workload }) => name === `sla-alerts-${workload}`)
    return [`${RULES_FOLDER}/${name}.yml`, ruleFile(groups, sla ? [note(sla)] : [])] as const
  })
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Every SLA file of the project, by the name of its workload. */
export function allSlas(): Promise<Sla[]> {
  const names = readdirSync(THRESHOLDS).filter((file) => file.endsWith('.json'))
  const paths = names.filter((name) => name !== 'schema.json').sort()
  return Promise.all(paths.map((name) => readSlaAlone(`${THRESHOLDS}${name}`)))
}

/** Groups of rules, by the name of their file. */
export function ruleFilesOf(slas: readonly Sla[]): Record<string, RuleGroup[]> {
  const shared = {
    'anomaly-detection': [anomalyDetection()],
    'capacity-planning': [capacityPlanning()],
    recording: [recording()],
  }
  return Object.fromEntries(
    [shared, ...slas.map(groupsOf)].flatMap((files) => Object.entries(files)),
  )
}

/** Of one SLA, by name. */
function groupsOf(sla: Sla): Record<string, RuleGroup[]> {
  const { workload } = sla
  const regressions = regressionsOf(sla)
  const capacity = capacityOf(sla)
  return {
    ...(regressions && { [`anomaly-detection-${workload}`]: [regressions] }),
    ...(capacity && { [`capacity-planning-${workload}`]: [capacity] }),
    [`recording-${workload}`]: [objectiveRecording(sla)],
    [`sla-alerts-${workload}`]: [slaAlerts(sla)],
  }
}

function objectiveRecording({ workload, objectives }: Sla): RuleGroup {
  const rules = objectives.flatMap((objective) => {
    const level = serviceLevel(workload, objective)
    return [
      ...(level ? budgetRecording(workload, level) : []),
      ...percentileRecording(workload, objective),
      ...rateRecording(workload, objective),
    ]
  })
  return { name: `k6-recording-${workload}`, rules }
}

function note(sla: Sla): string {
  const ids = judgedAfterwards(sla).map(({ id }) => id)
  return ids.length === 0
    ? 'Every objective has a rule.'
    : `Judged after the run only: ${ids.join(', ')}.`
}
