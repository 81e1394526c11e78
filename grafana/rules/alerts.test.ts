import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ALERT_CASES, caseGroups } from '../../tests/support/grafana/alert-cases/all-cases.ts'
import { allGroups } from '../../tests/support/grafana/all-groups.ts'
import { allSlas } from './generate-rules.ts'
import { failuresOf, groupsFor, skipWithoutPromtool } from '../../tests/support/grafana/promtool.ts'
import type { AlertingRule } from './rule.ts'

const groups = await caseGroups()
const generated = allGroups(await allSlas())
  .flatMap(({ rules }) => rules)
  .filter((rule): rule is AlertingRule => 'alert' in rule)
const names = [...new Set(generated.map(({ alert }) => alert))].sort()

describe('alerts, by promtool', { skip: skipWithoutPromtool() }, () => {
  for (const name of names) {
    test(`${name} fires when it is to, and only then`, () => {
      const cases = ALERT_CASES.filter(({ alert }) => alert === name)
      assert.equal(failuresOf(groupsFor(groups, name), cases), undefined)
    })
  }
})

test('every alert has a case in which it fires, and one in which it does not', () => {
  for (const name of names) {
    const cases = ALERT_CASES.filter(({ alert }) => alert === name)
    assert.ok(
      cases.some(({ fires }) => fires),
      `${name} never fires`,
    )
    assert.ok(
      cases.some(({ fires }) => !fires),
      `${name} always fires`,
    )
  }
  assert.deepEqual([...new Set(ALERT_CASES.map(({ alert }) => alert))].sort(), names)
})

test('every alert says what a person who is called has to know', () => {
  for (const { alert, labels, annotations, for: hold, keep_firing_for } of generated) {
    assert.match(labels.severity, /^(page|ticket|info)$/, alert)
    assert.match(labels.component, /^(target|generator|machine)$/, alert)
    assert.doesNotMatch(annotations.summary, /\{\{/, alert)
    assert.match(annotations.description, /\$value.*\$labels\.testid/, alert)
    assert.equal(annotations.runbook_url, `docs/runbook.md#${alert.toLowerCase()}`)
    assert.match(annotations.dashboard, /var-testid=/, alert)
    assert.ok(Number.parseInt(hold) <= 15, alert)
    assert.equal(keep_firing_for, '10m')
  }
})
