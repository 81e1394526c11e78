// Unit tests of alerts: each case becomes a test of `promtool test rules`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type AlertingRule, ruleFile, type RuleGroup } from '../../../grafana/rules/rule.ts'
import { GROUP_INTERVAL } from '../../../grafana/rules/settings.ts'

/** What a run looks like, and whether an alert fires. */
export interface AlertCase {
  title: string
  alert: string
  /** Values of each series in promtool's notation, one for every five seconds. */
  series: Record<string, string>
  /** When to look, since the first value. */
  at: string
  /** The alerts of this name that fire then, all of them; none when left out. */
  fires?: Firing[]
}

export interface Firing {
  /** As rendered, up to the run's name. */
  description: string
  /** Beside testid r1, workload orders and what the rule itself sets. */
  labels?: Record<string, string>
}

/** Why tests with promtool are skipped; false where it is there, and in CI, where it must be. */
export function skipWithoutPromtool(): string | false {
  const found = spawnSync('promtool', ['--version']).status === 0
  return found || process.env['CI'] ? false : 'no promtool on PATH (Debian: apt install prometheus)'
}

/** An alert and what it reads, recorded series of recorded series included. */
export function groupsFor(groups: readonly RuleGroup[], alert: string): RuleGroup[] {
  const rules = groups.flatMap(({ rules }) => rules)
  const needed = new Set<string>([alert])
  for (const name of needed) {
    const text = rules.filter((rule) => nameOf(rule) === name).map(({ expr }) => expr)
    for (const [record] of text.join(' ').matchAll(/\bk6:[\w:]+/g)) needed.add(record)
  }
  const isNeeded = (rule: RuleGroup['rules'][number]): boolean => needed.has(nameOf(rule))
  return groups
    .map(({ name, rules }) => ({ name, rules: rules.filter(isNeeded) }))
    .filter(({ rules }) => rules.length > 0)
}

function nameOf(rule: RuleGroup['rules'][number]): string {
  return 'alert' in rule ? rule.alert : rule.record
}

/** @returns what promtool says of the cases that fail; undefined when all hold */
export function failuresOf(
  groups: readonly RuleGroup[],
  cases: readonly AlertCase[],
): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'k6v-promtool-'))
  try {
    writeFileSync(join(folder, 'rules.yml'), ruleFile(groups))
    writeFileSync(join(folder, 'test.yml'), stringify(testFile(groups, cases)))
    const { status, stdout, stderr, error } = spawnSync('promtool', ['test', 'rules', 'test.yml'], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (error) throw error
    return status === 0 ? undefined : `${stdout}${stderr}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function testFile(groups: readonly RuleGroup[], cases: readonly AlertCase[]): unknown {
  return {
    rule_files: ['rules.yml'],
    evaluation_interval: GROUP_INTERVAL,
    // Recorded series first: an alert reads what was recorded in the same moment.
    group_eval_order: groups.map(({ name }) => name),
    tests: cases.map(({ title, alert, series, at, fires = [] }) => ({
      name: title,
      interval: '5s',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      alert_rule_test: [
        {
          eval_time: at,
          alertname: alert,
          exp_alerts: fires.map((firing) => expected(ruleOf(groups, alert, firing), firing)),
        },
      ],
    })),
  }
}

function ruleOf(groups: readonly RuleGroup[], name: string, { labels }: Firing): AlertingRule {
  const rules = groups
    .flatMap(({ rules }) => rules)
    .filter((rule): rule is AlertingRule => 'alert' in rule && rule.alert === name)
  const rule = rules.find((rule) => {
    return Object.entries(labels ?? {}).every(
      ([label, value]) => (rule.labels[label] ?? value) === value,
    )
  })
  if (!rule) throw new Error(`Expected a rule ${name} with ${JSON.stringify(labels)}, found none`)
  return rule
}

const RUN = { testid: 'r1', workload: 'orders' }

function expected({ labels, annotations }: AlertingRule, firing: Firing): unknown {
  return {
    exp_labels: { ...RUN, ...labels, ...firing.labels },
    exp_annotations: {
      ...annotations,
      description: `${firing.description} Run ${RUN.testid}, workload ${RUN.workload}.`,
      dashboard: annotations.dashboard.replace('{{ $labels.testid }}', RUN.testid),
    },
  }
}
