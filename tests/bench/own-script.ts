import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../scripts/core/free-port.ts'
import {
  recordingOutput,
  recordingVariables,
  userEnvironment,
} from '../../scripts/script/k6-command.ts'
import { systemTags } from '../../scripts/script/system-tags.ts'
import { withEchoServer } from './echo-server.ts'
import { REFERENCE } from './generator.ts'
import { median, type Row, sideBySide } from './report.ts'
import { type Cost, runScript } from './run-script.ts'

const ROUNDS = 7
const LOAD = JSON.stringify({ executor: 'constant-vus', vus: 50, duration: '6s' })

/** A script that knows nothing of the toolkit, by plain k6 and by `run`. */
export function benchOwnScript(k6: string): Promise<Row[]> {
  return withEchoServer(async (url) => {
    const env = { BASE_URL: url, LOAD }
    const { plain, judged } = await sideBySide(ROUNDS, {
      plain: () => runScript({ k6, script: REFERENCE, env: { ...process.env, ...env } }),
      judged: () => runAsRun(k6, env),
    })
    const [before, after] = [median(plain.map(microseconds)), median(judged.map(microseconds))]
    const ratio = after / before
    return [
      {
        budget: "k6's CPU for each request, `run script.js`: at most 1.05 of `k6 run script.js`",
        measured: `${ratio.toFixed(2)} (${after.toFixed(0)} against ${before.toFixed(0)} µs)`,
        holds: ratio <= 1.05,
      },
    ]
  })
}

function microseconds({ cpuSeconds, summary }: Cost): number {
  return (cpuSeconds * 1e6) / (summary.metrics['http_reqs']?.values['count'] ?? NaN)
}

async function runAsRun(k6: string, env: Record<string, string>): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  const csv = join(folder, 'samples.csv')
  const tags = systemTags({ options: {}, hasOutputs: false }) ?? []
  try {
    return await runScript({
      k6,
      script: REFERENCE,
      env: {
        ...userEnvironment(process.env, { instances: 1, cpus: 1 }),
        ...{ ...env, GODEBUG: 'gctrace=1', K6_ADDRESS: `127.0.0.1:${await freePort()}` },
        ...recordingVariables(csv),
      },
      args: ['--out', recordingOutput(csv), `--system-tags=${tags.join(',')}`],
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}
