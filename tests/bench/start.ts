import { execa } from 'execa'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectPath } from '../../scripts/core/project.ts'
import { interleaved, median, type Row } from './report.ts'

const ROUNDS = 5
const BUDGET_MS = 1_000

/** From the command to the first request, beyond what `k6 run` of the same script needs. */
export async function benchStart(k6: string): Promise<Row[]> {
  await firstRequestMs((url) => cliRun(k6, url))
  const { plain, ours } = await interleaved(ROUNDS, {
    plain: () => firstRequestMs((url) => plainRun(k6, url)),
    ours: () => firstRequestMs((url) => cliRun(k6, url)),
  })
  const beyondMs = Math.round(median(ours) - median(plain))
  return [
    {
      budget: `command to first request, beyond what \`k6 run\` needs: at most ${BUDGET_MS} ms`,
      measured: `${beyondMs} ms (${Math.round(median(ours))} against ${Math.round(median(plain))})`,
      holds: beyondMs <= BUDGET_MS,
    },
  ]
}

/** Time until a server of ours hears from k6 for the first time. */
async function firstRequestMs(start: (url: string) => Promise<unknown>): Promise<number> {
  const server = createServer((_request, response) => response.end('{"access_token":"x"}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const startedAtMs = performance.now()
  const heard = new Promise<number>((resolve) =>
    server.on('request', ({ headers }) => {
      if (headers['user-agent']?.includes('k6/')) resolve(performance.now() - startedAtMs)
    }),
  )
  const ended = start(url)
  const elapsedMs = await heard
  await ended
  server.close()
  server.closeAllConnections()
  return elapsedMs
}

function plainRun(k6: string, url: string): Promise<unknown> {
  const script = projectPath('build', 'better-prompts', 'smoke.js')
  const env = { BASE_URL: url, K6_NO_USAGE_REPORT: 'true' }
  return execa(k6, ['run', '--quiet', script], { env, reject: false })
}

async function cliRun(k6: string, url: string): Promise<unknown> {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  const env = { K6_BIN: k6, K6_VERDICT_RESULTS: results }
  return execa('npm', ['run', '-s', 'k6', '--', 'smoke', '--target', url], {
    cwd: projectPath(),
    env,
    reject: false,
  })
}
