import { fileURLToPath } from 'node:url'
import { readSlaAlone } from '../../../../scripts/sla/read-sla-alone.ts'
import { allGroups } from '../all-groups.ts'
import type { AlertCase } from '../promtool.ts'
import type { RuleGroup } from '../../../../grafana/rules/rule.ts'
import { ANOMALY_CASES } from './anomaly-cases.ts'
import { CAPACITY_CASES } from './capacity-cases.ts'
import { ERROR_FAST_CASES } from './error-fast-cases.ts'
import { ERROR_SLOW_CASES } from './error-slow-cases.ts'
import { EXHAUSTION_CASES } from './exhaustion-cases.ts'
import { LATENCY_CASES } from './latency-cases.ts'
import { LEVEL_CASES } from './level-cases.ts'
import { OUTCOME_CASES } from './outcome-cases.ts'

/** Every case, for the rules of `caseGroups()`. */
export const ALERT_CASES: AlertCase[] = [
  ...ERROR_FAST_CASES,
  ...ERROR_SLOW_CASES,
  ...LATENCY_CASES,
  ...OUTCOME_CASES,
  ...LEVEL_CASES,
  ...CAPACITY_CASES,
  ...EXHAUSTION_CASES,
  ...ANOMALY_CASES,
]

/** The rules of orders.json, an SLA with one objective of each kind. */
export async function caseGroups(): Promise<RuleGroup[]> {
  return allGroups([await readSlaAlone(fileURLToPath(new URL('orders.json', import.meta.url)))])
}
