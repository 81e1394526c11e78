// A threshold that nobody would miss is not tested: each number of each alert and of what it reads, halved
// or doubled, must make a case fail.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ALERT_CASES, caseGroups } from './support/grafana/alert-cases/all-cases.ts'
import { failuresOf, groupsFor, skipWithoutPromtool } from './support/grafana/promtool.ts'
import type { RecordingRule, RuleGroup } from '../grafana/rules/rule.ts'

type Rule = RuleGroup['rules'][number]

/** Numbers that stand alone: no part of a name, a duration or a text. */
const NUMBER = /(?<![\w.:"[(|-])(?:0\.\d+|[1-9]\d*(?:\.\d+)?)(?![\w.:\]"])/g

/** Recorded numbers that decide. What k6's histograms record is tested by tests/rules-live.e2e.test.ts. */
const DECIDES = /limit_|burn_rate|planned|is_flat|elapsed|capacity/

// What happens long after the end of a run takes promtool longest, and is about no number.
const DURING_RUNS = ALERT_CASES.filter(({ at }) => !/^(8|9|\d\d)m/.test(at))

const groups = await caseGroups()
const alerts = [...new Set(ALERT_CASES.map(({ alert }) => alert))]
const rules = groups
  .flatMap(({ rules }) => rules)
  .filter((rule) => 'alert' in rule || decides(rule))

function decides({ record, labels }: RecordingRule): boolean {
  // The limits of all objectives come from one function.
  return DECIDES.test(record) && [undefined, 'errors'].includes(labels?.['objective'])
}

describe('rules with another number', { skip: skipWithoutPromtool() }, () => {
  for (const rule of rules) {
    for (const { change, mutant } of mutantsOf(rule)) {
      test(`${nameOf(rule)} with ${change}`, () => {
        assert.ok(readersOf(rule).some((alert) => isNoticed({ rule, mutant, alert })))
      })
    }
  }
})

function mutantsOf(rule: Rule): { change: string; mutant: Rule }[] {
  return [...rule.expr.matchAll(NUMBER)].flatMap(({ 0: number, index }) =>
    [0.5, 2].map((factor) => {
      const changed = String(Number(number) * factor)
      const before = rule.expr.slice(0, index)
      const expr = before + changed + rule.expr.slice(index + number.length)
      return { change: `${changed} instead of ${number} at ${index}`, mutant: { ...rule, expr } }
    }),
  )
}

/** Alerts that the rule is, or that read it. */
function readersOf(rule: Rule): string[] {
  return alerts.filter((alert) =>
    groupsFor(groups, alert).some(({ rules }) => rules.includes(rule)),
  )
}

function isNoticed({ rule, mutant, alert }: { rule: Rule; mutant: Rule; alert: string }): boolean {
  const mutated = groupsFor(groups, alert).map((group) => ({
    ...group,
    rules: group.rules.map((each) => (each === rule ? mutant : each)),
  }))
  const cases = DURING_RUNS.filter((each) => each.alert === alert)
  return failuresOf(mutated, cases) !== undefined
}

function nameOf(rule: Rule): string {
  const name = 'alert' in rule ? rule.alert : rule.record
  return [name, ...Object.values(rule.labels ?? {})].join(' ')
}
