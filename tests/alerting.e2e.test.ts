// A breach of the SLA, from a slow answer of the sandbox to the notification of who is on call.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { parse, stringify } from 'yaml'
import { generateRules } from '../grafana/rules/generate-rules.ts'
import { projectPath } from '../scripts/core/project.ts'
import { type RunningSandbox, startSandbox } from '../scripts/plan/sandbox-process.ts'
import { headingsOf } from './documents.ts'
import {
  skipWithoutAlertmanager,
  startAlertmanager,
  startWebhook,
  type TestAlertmanager,
  type Webhook,
} from './start-alertmanager.ts'
import { startPrometheus, type TestPrometheus } from './start-prometheus.ts'
import { startStream, type StreamedRun } from './streamed-run.ts'

const SAMPLE = projectPath('grafana', 'alertmanager', 'alertmanager.yml')

/** Half a minute of spikes by a few users: enough for `for`, for windows of 20 s and for each phase. */
const SPIKE = ['spike', '--users', '30', '--time-scale', '0.06']

const OF_THIS_RUN = ['recording.yml', 'recording-better-prompts.yml']

/** Recorded only with what this run has not: dropped iterations, a minute of constant load, five minutes. */
const NOT_HERE =
  /^k6:(dropped_iterations:increase1m|load:is_flat|.*_steady|recovery:is_missing|target:utilisation)$/

describe('alerting on real servers', { skip: skipWithoutAlertmanager(), timeout: 240_000 }, () => {
  let webhook: Webhook
  let alertmanager: TestAlertmanager
  let prometheus: TestPrometheus
  let sandbox: RunningSandbox
  let run: StreamedRun
  let testid: string
  let rules: Record<string, string>

  before(async () => {
    webhook = await startWebhook()
    alertmanager = await startAlertmanager(toWebhook(webhook.url))
    rules = Object.fromEntries(
      Object.entries(await generateRules()).map(([path, text]) => [
        basename(path),
        // So that phases of seconds are seen.
        text.replaceAll('interval: 5s', 'interval: 1s'),
      ]),
    )
    process.env['SANDBOX_MODEL_MEDIAN_MS'] = '400'
    sandbox = await startSandbox()
    delete process.env['SANDBOX_MODEL_MEDIAN_MS']
    const { host } = new URL(sandbox.url)
    prometheus = await startPrometheus({
      files: rules,
      config: stringify({
        global: { scrape_interval: '1s', evaluation_interval: '1s' },
        rule_files: Object.keys(rules),
        scrape_configs: [{ job_name: 'sandbox', static_configs: [{ targets: [host] }] }],
        alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager.address] }] }] },
      }),
    })
    const { ended } = await startStream([...SPIKE, '--target', sandbox.url], prometheus.url)
    run = await ended
    testid = basename(run.folder)
  })
  after(async () => {
    await prometheus.close()
    await sandbox.stop()
    await alertmanager.close()
    await webhook.close()
  })

  test('the sample configuration is valid', () => {
    const { status, stdout, stderr } = spawnSync('amtool', ['check-config', SAMPLE])
    assert.equal(status, 0, `${stdout.toString()}${stderr.toString()}`)
  })

  test('a slow target pages somebody, with a runbook that says what to do', () => {
    const pages = webhook.received.filter(({ receiver, groupLabels }) => {
      const { alertname, testid: run } = groupLabels
      return receiver === 'page' && alertname === 'K6LatencyBudgetFastBurn' && run === testid
    })
    // Each notification has all alerts of its group.
    const alert = pages
      .flatMap(({ alerts }) => alerts)
      .find(({ labels }) => labels['objective'] === 'latency-p95')
    assert.ok(alert, JSON.stringify(webhook.received, undefined, 2))
    assert.equal(alert.labels['workload'], 'better-prompts')
    assert.equal(alert.labels['component'], 'target')
    assert.match(
      alert.annotations['description'] ?? '',
      new RegExp(`slower than the limit.*${testid}`),
    )

    const [path = '', anchor = ''] = (alert.annotations['runbook_url'] ?? '').split('#')
    const headings = headingsOf(readFileSync(projectPath(path), 'utf8'))
    assert.ok(headings.includes(anchor), `${path} has no section ${anchor}`)
  })

  test('nobody is called about errors where nothing failed', () => {
    const names = webhook.received.map(({ groupLabels }) => groupLabels['alertname'])
    assert.ok(!names.some((name) => name?.startsWith('K6ErrorBudget')), names.join(', '))
  })

  test('the alert still fires when the run is over', async () => {
    const firing = await prometheus.query(
      'ALERTS{alertname="K6LatencyBudgetFastBurn",alertstate="firing"}',
    )
    assert.ok(firing.length > 0)
  })

  test('every recorded series has finite values', async () => {
    const groups = Object.entries(rules)
      .filter(([name]) => OF_THIS_RUN.includes(name))
      .flatMap(([, text]) => (parse(text) as RuleFile).groups)
    const records = groups.flatMap(({ rules }) =>
      rules.map(({ record, labels }) => ({ record, labels })),
    )
    const missing: string[] = []
    for (const { record, labels } of records) {
      if (NOT_HERE.test(record) || isAbsent(labels?.['objective'], record)) continue
      const matchers = labels?.['objective'] ? `{objective="${labels['objective']}"}` : ''
      // What is 0/0 for a moment may be NaN; something finite must be there as well.
      const found = await prometheus.query(`last_over_time((${record}${matchers} > -Inf)[5m:1s])`)
      if (!found.some(({ value }) => Number.isFinite(value))) missing.push(`${record}${matchers}`)
    }
    assert.deepEqual(missing, [])
  })

  test('what is recorded agrees with the verdict', async () => {
    const of = `testid="${testid}"`
    const seen = await prometheus.valueOf(`last_over_time(k6:http_req_duration:p50_5m{${of}}[5m])`)
    const exact = measuredOf(run, 'latency-p50')
    // A bucket is 9 % wide.
    assert.ok(Math.abs(seen * 1_000 - exact) < 0.1 * exact, `${seen} s, ${exact} ms`)
    const slow = await prometheus.valueOf(
      `max_over_time(k6:objective:bad_ratio5m{${of},objective="latency-p95"}[5m])`,
    )
    assert.ok(slow > 0.3 && slow <= 1, `${slow}`)
  })
})

interface RuleFile {
  groups: { rules: { record: string; labels?: Record<string, string> }[] }[]
}

// Objectives of other scenarios have nothing to record in this one, and p99 needs a thousand requests.
function isAbsent(objective: string | undefined, record: string): boolean {
  if (objective === 'latency-p99') return record === 'k6:objective:latency5m'
  return ['updates-on-time', 'updates-true', 'latency-region'].includes(objective ?? '')
}

function measuredOf({ verdict }: StreamedRun, id: string): number {
  const found = verdict.objectives.find((objective) => objective.id === id)?.measured
  if (found === undefined)
    throw new Error(`Expected a measured ${id}, got ${JSON.stringify(verdict)}`)
  return found
}

/** The sample's routes with another end: every receiver is a path of the webhook. */
function toWebhook(url: string): string {
  const sample = parse(readFileSync(SAMPLE, 'utf8')) as {
    route: Record<string, unknown>
    inhibit_rules: unknown
    receivers: { name: string }[]
  }
  const { route, inhibit_rules, receivers } = sample
  return stringify({
    route: { ...route, group_wait: '1s', group_interval: '1s' },
    inhibit_rules,
    receivers: receivers.map(({ name }) => ({
      name,
      webhook_configs: [{ url: `${url}/${name}` }],
    })),
  })
}
