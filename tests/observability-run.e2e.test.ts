// The two terminals of the README: the servers in one, a run in the other.
import assert from 'node:assert/strict'
import { parse } from 'but-csv'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { prometheusApi } from '../scripts/prometheus/prometheus-api.ts'
import { cli } from './cli.ts'
import { skipWithoutServers, startStack } from './observability-stack.ts'

const skip = skipWithoutServers()

// Four pushes and scrapes at least; what its verdict is depends on who else works on this machine.
const RUN = ['spike', '--users', '5', '--time-scale', '0.02', '--prometheus']

test(
  'a run finds the servers, is scraped while it lasts, and can be exported',
  { skip },
  async (t) => {
    const stack = await startStack(t, { args: ['--with', 'binaries'] })
    const env = { K6_VERDICT_OBSERVABILITY: stack.folder }
    const { stdout, stderr, runs } = await cli(RUN, { env })
    const [run = ''] = runs
    const testid = basename(run)
    assert.match(testid, /spike/, `${stdout}\n${stderr}`)

    const largest = async (metric: string, labels: string): Promise<number> => {
      const matchers = `{testid="${testid}", workload="better-prompts"${labels}}`
      return valueOf(
        stack.prometheus,
        `max(sum by (job) (max_over_time(${metric}${matchers}[10m])))`,
      )
    }
    const requests = await largest('k6_http_reqs_total', '')
    assert.ok(requests > 20, `${requests} requests`)
    // The same requests, seen from the other side: by the last scrape before the end.
    const answered = await largest('sandbox_http_request_duration_seconds_count', ', job="sandbox"')
    assert.ok(answered > 0 && answered <= requests, `${answered} of ${requests}`)
    assert.ok((await largest('process_cpu_seconds_total', ', job="k6"')) > 0)
    assert.ok((await largest('nodejs_heap_size_used_bytes', ', job="sandbox"')) > 1e6)

    assert.deepEqual(await readdir(join(stack.folder, 'targets')), [])
    const out = join(run, 'numbers.csv')
    const args = ['export', '--from-prometheus', '--testid', testid, '--out', out]
    const exported = await cli(args, { env })
    assert.deepEqual([exported.exitCode, exported.stderr], [0, ''])
    const rows = parse(await readFile(out, 'utf8'))
    const last = (panel: string, query: string) =>
      rows.filter((row) => row[2] === panel && row[3] === query).at(-1)?.[6]
    assert.equal(Number(last('Requests', 'Requests')), requests)
    assert.ok(Number(last('In flight', 'sandbox')) >= 0)
  },
)

async function valueOf(prometheus: string, query: string): Promise<number> {
  const [first] = await prometheusApi(prometheus, {}).query(query)
  return Number(first?.value?.[1] ?? NaN)
}

test('a folder that nobody has started servers in is left alone', { skip }, async (t) => {
  const stack = await startStack(t, { args: ['--with', 'binaries'] })
  const elsewhere = join(stack.folder, 'elsewhere')
  const env = { K6_VERDICT_OBSERVABILITY: elsewhere }
  const { runs } = await cli(['smoke', '--prometheus', stack.prometheus], { env })
  assert.equal(runs.length, 1)
  assert.ok(!(await readdir(stack.folder)).includes('elsewhere'))
})
