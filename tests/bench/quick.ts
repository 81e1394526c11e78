import { spawn } from 'node:child_process'
import { k6Environment } from '../../scripts/k6/environment.ts'
import { usableMemoryBytes } from '../../scripts/k6/usable-memory.ts'
import { projectPath } from '../../scripts/project.ts'
import { realK6 } from '../k6.ts'
import { ourBundle } from './echo/ours.ts'
import { runScript } from './run-script.ts'
const { path: k6 } = await realK6()
const server = spawn(process.execPath, [projectPath('tests/bench/echo/server.mjs')])
const port = await new Promise<string>((resolve) =>
  server.stdout.once('data', (text) => resolve(String(text).trim())),
)
const S = Number(process.env.SECS ?? 6)
const base = { BASE_URL: `http://127.0.0.1:${port}` }
const script = await ourBundle({ users: 50, duration: `${S}s` })
const ref = {
  k6,
  script: projectPath('tests/bench/echo/reference.js'),
  env: {
    ...process.env,
    ...base,
    LOAD: JSON.stringify({ executor: 'constant-vus', vus: 50, duration: `${S}s` }),
  },
}
const tuned = k6Environment({ env: process.env, totalMemoryBytes: usableMemoryBytes() })
const ours = { k6, script, env: { ...tuned, ...base } }
for (let i = 0; i < Number(process.env.ROUNDS ?? 3); i++) {
  for (const [name, run] of [
    ['ref', ref],
    ['ours', ours],
  ] as const) {
    const { summary, cpuSeconds, peakBytes } = await runScript(run)
    const n = summary.metrics['http_reqs']?.values['count'] ?? 0
    const r = summary.metrics['http_reqs']?.values['rate'] ?? 0
    console.log(
      name,
      Math.round(r),
      'req/s',
      ((cpuSeconds / n) * 1e6).toFixed(1),
      'us/req',
      (peakBytes / 1e6).toFixed(0),
      'MB',
      'checks',
      summary.metrics['checks']?.values['rate'],
    )
  }
}
server.kill()
process.exit(0)
