import { stringify } from 'yaml'
import { GROUP_INTERVAL, FOR, KEEP_FIRING_FOR } from './settings.ts'

/** A rule of a Prometheus rule file; field names are Prometheus' own. */
export interface RecordingRule {
  record: string
  expr: string
  labels?: Record<string, string>
}

export interface AlertingRule {
  alert: string
  expr: string
  for: string
  keep_firing_for: string
  labels: { severity: Severity; component: Component } & Record<string, string>
  annotations: { summary: string; description: string; runbook_url: string; dashboard: string }
}

export interface RuleGroup {
  name: string
  rules: (RecordingRule | AlertingRule)[]
}

/** `page`: someone looks now; `ticket`: before the next run; `info`: a hint for who looks anyway. */
export type Severity = 'page' | 'ticket' | 'info'

/** What to look at: the API under test, k6 and its machine, or the machine of either. */
export type Component = 'target' | 'generator' | 'machine'

export interface AlertSpec {
  name: string
  expr: string
  severity: Severity
  component: Component
  /** One line without values, so that notifications of one alert can be grouped. */
  summary: string
  /** With `{{ $value }}`; `run` and its testid are added. */
  description: string
  /** Further labels, such as the objective. */
  labels?: Record<string, string>
  /** At most 15 s. @default FOR */
  for?: string
}

/** An alert with everything that each alert here has. Its expression must keep the label testid. */
export function alert(spec: AlertSpec): AlertingRule {
  const { name, expr, severity, component, summary, description, labels } = spec
  return {
    alert: name,
    expr,
    for: spec.for ?? FOR,
    keep_firing_for: KEEP_FIRING_FOR,
    labels: { severity, component, ...labels },
    annotations: {
      summary,
      description: `${description} Run {{ $labels.testid }}, workload {{ $labels.workload }}.`,
      runbook_url: `docs/runbook.md#${name.toLowerCase()}`,
      dashboard: '/d/k6v-run-overview?var-testid={{ $labels.testid }}',
    },
  }
}

/** The text of a rule file, the same for the same groups. */
export function ruleFile(groups: readonly RuleGroup[], notes: readonly string[] = []): string {
  const head = [
    'Generated from grafana/rules/ and thresholds/ by "npm run dashboards": do not edit.',
  ]
  const comment = [...head, ...notes].map((line) => `# ${line}\n`).join('')
  const document = {
    groups: groups.map(({ name, rules }) => ({ name, interval: GROUP_INTERVAL, rules })),
  }
  return comment + stringify(document, { lineWidth: 0 })
}
