import { execa } from 'execa'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectPath } from '../../scripts/core/project.ts'
import { readSummary } from '../../scripts/verdict/facts/read-summary.ts'
import { cliArguments } from '../cli.ts'
import type { Row } from './report.ts'

const ARGS = ['sustained', '--users', '1000', '--duration', '30s', '--time-scale', '0.3']

/** 1000 users on the sandbox: does the SLA hold, is nothing dropped? */
export async function benchThousandUsers(k6: string): Promise<Row[]> {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  const { stdout } = await execa('node', cliArguments(ARGS), {
    env: { K6_BIN: k6, K6_VERDICT_RESULTS: results, NO_COLOR: '1' },
    cwd: projectPath(),
    reject: false,
  })
  const [run = ''] = await readdir(results)
  const { metrics } = await readSummary(join(results, run, 'summary.json'))
  const latency = metrics['http_req_duration{judged:yes,expected_response:true}']?.values ?? {}
  const dropped = metrics['dropped_iterations']?.values['count'] ?? 0
  const rate = Math.round(metrics['http_reqs']?.values['rate'] ?? 0)
  const verdict = /^[A-Z_]+( \(close\))?(?= {2})/m.exec(stdout)?.[0] ?? 'no verdict'
  return [
    {
      budget: '1000 users on the sandbox: the SLA holds, nothing is dropped',
      measured:
        `${verdict}, p50 ${ms(latency['p(50)'])}, p95 ${ms(latency['p(95)'])}, ` +
        `p99 ${ms(latency['p(99)'])}, ${rate} requests/s, ${dropped} dropped`,
      holds: verdict.startsWith('PASS') && dropped === 0,
    },
  ]
}

function ms(value = NaN): string {
  return `${Math.round(value)} ms`
}
