import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { readSlaAlone } from '../../scripts/sla/read-sla-alone.ts'
import { allGroups } from '../../tests/support/grafana/all-groups.ts'
import { allSlas, generateRules } from './generate-rules.ts'
import { skipWithoutPromtool } from '../../tests/support/grafana/promtool.ts'
import { type AlertingRule, ruleFile, type RuleGroup } from './rule.ts'
import { judgedAfterwards } from './sla-alerts.ts'

const files = await generateRules()

test('the files are the same whenever they are made', async () => {
  assert.deepEqual(await generateRules(), files)
  assert.deepEqual(Object.keys(files), Object.keys(files).sort())
})

test('Prometheus takes every file', { skip: skipWithoutPromtool() }, () => {
  for (const [path, text] of Object.entries(files)) assert.equal(refusal(text), undefined, path)
})

test('groups have names of their own and are evaluated as often as k6 pushes', () => {
  const groups = Object.values(files).flatMap(groupsIn)
  const names = groups.map(({ name }) => name)
  assert.deepEqual([...new Set(names)], names)
  assert.ok(groups.every(({ interval }) => interval === '5s'))
})

test('a rule of a workload reads that workload alone', async () => {
  for (const { workload } of await allSlas()) {
    const own = Object.entries(files).filter(([path]) => path.endsWith(`-${workload}.yml`))
    assert.ok(own.length >= 3)
    for (const [path, text] of own) {
      for (const { expr } of groupsIn(text).flatMap(({ rules }) => rules)) {
        const read = [...expr.matchAll(/workload="([^"]+)"/g)].map(([, name]) => name)
        assert.ok(read.length > 0, `${path}: ${expr}`)
        assert.deepEqual([...new Set(read)], [workload], `${path}: ${expr}`)
      }
    }
  }
})

test('every recorded series is named k6:, and what alerts read is recorded', () => {
  const rules = Object.values(files).flatMap((text) => groupsIn(text).flatMap(({ rules }) => rules))
  const records = new Set(rules.flatMap((rule) => ('record' in rule ? [rule.record] : [])))
  for (const record of records) assert.match(record, /^k6:/)
  for (const { expr } of rules) {
    for (const [name] of expr.matchAll(/\bk6:[\w:]+/g)) assert.ok(records.has(name), name)
  }
})

const ODD = [
  { id: 'up', indicator: 'availability', limit: '> 90%' },
  { id: 'each', indicator: { latency: 'p99' }, limit: '< 1s', each: 'endpoint' },
  {
    id: 'one',
    indicator: 'error-ratio',
    limit: '< 1%',
    where: { endpoint: 'GET /"a" {b}', region: 'ü' },
    phases: ['spike-1', 'spike.2'],
  },
  { id: 'few', indicator: { share: 'cached' }, limit: '< 20%', level: 'advisory' },
  { id: 'whole', indicator: 'error-ratio', limit: '< 2%', of: 'operation', each: 'operation' },
  { id: 'long', indicator: { latency: 'p90' }, limit: '< 9s', of: 'operation' },
  { id: 'drift', indicator: { drift: 'latency.p95' }, limit: '< 10%' },
]

test('objectives with each, where, phases and upper bounds make valid rules', async () => {
  const groups = await groupsFrom(ODD)
  const rules = groups.flatMap(({ rules }) => rules)
  const of = (id: string, record: string): string =>
    rules.find(
      (rule) => 'record' in rule && rule.record === record && rule.labels?.['objective'] === id,
    )?.expr ?? ''

  assert.match(of('up', 'k6:objective:bad_ratio_limit_fast'), /clamp_max\(0\.1 \* .*, 0\.55\)/)
  assert.match(
    of('each', 'k6:objective:bad_ratio1m'),
    /sum by \(testid, workload, name\).*name!=""/,
  )
  assert.match(of('one', 'k6:objective:events1m'), /name="GET \/\\"a\\" \{b\}",region="ü"/)
  assert.match(of('one', 'k6:objective:events1m'), /phase=~"spike-1\|spike\\\\\.2"/)
  assert.match(
    of('whole', 'k6:objective:bad_ratio1m'),
    /1 - .*histogram_count\(sum by \(testid, workload, operation\) \(rate\(k6_operation_duration_seconds\{/s,
  )
  assert.match(of('long', 'k6:objective:latency5m'), /k6_operation_duration_seconds\{/)
  assert.doesNotMatch(of('long', 'k6:objective:bad_ratio1m'), /http_req/)
  assert.match(of('few', 'k6:objective:bad_ratio1m'), /outcome="fail"/)
  if (skipWithoutPromtool() === false) assert.equal(refusal(ruleFile(groups)), undefined)
})

test('an advisory objective calls nobody', async () => {
  const alerts = (await groupsFrom(ODD))
    .flatMap(({ rules }) => rules)
    .filter((rule): rule is AlertingRule => 'alert' in rule && rule.labels['objective'] === 'few')
  assert.equal(alerts.length, 2)
  assert.ok(alerts.every(({ labels }) => labels.severity === 'info'))
})

test('a file says which objectives are left to the verdict', async () => {
  const slas = await allSlas()
  const left = slas.map((sla) => [sla.workload, judgedAfterwards(sla).map(({ id }) => id)] as const)
  const known = Object.fromEntries(left)
  assert.deepEqual(known['better-prompts'], ['no-degradation', 'capacity'])
  assert.deepEqual(known['live-prompts'], ['answers-p95', 'handshakes-p95'])
  assert.deepEqual(known['prompts-grpc'], ['received', 'recovery', 'no-degradation'])
  for (const [workload, ids] of left) {
    const text = files[`grafana/generated/rules/sla-alerts-${workload}.yml`] ?? ''
    const line = /^# Judged after the run only: (.*)\.$/m.exec(text)?.[1] ?? ''
    assert.equal(line, ids.join(', '), workload)
  }
})

async function groupsFrom(objectives: Record<string, unknown>[]): Promise<RuleGroup[]> {
  const folder = mkdtempSync(join(tmpdir(), 'k6v-odd-sla-'))
  const path = join(folder, 'sla.json')
  writeFileSync(path, JSON.stringify({ workload: 'odd', objectives }))
  try {
    return allGroups([await readSlaAlone(path)])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type WrittenGroup = RuleGroup & { interval: string }

function groupsIn(text: string): WrittenGroup[] {
  return (parse(text) as { groups: WrittenGroup[] }).groups
}

/** What promtool has against a rule file; undefined when nothing. */
function refusal(text: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'k6v-rules-'))
  const path = join(folder, 'rules.yml')
  writeFileSync(path, text)
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', path], {
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  return status === 0 ? undefined : `${stdout}${stderr}`
}
