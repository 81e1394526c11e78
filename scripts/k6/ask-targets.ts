import { spawn } from 'node:child_process'
import { projectPath } from '../project.ts'
import { k6Environment } from './environment.ts'
import { usableMemoryBytes } from './usable-memory.ts'

export interface TargetQuestion {
  /** Path of the k6 binary. */
  k6: string
  urls: readonly string[]
  /** k6's options of the run that say how a target is reached. */
  network: Readonly<Record<string, unknown>>
  /** The user's own environment. */
  env: NodeJS.ProcessEnv
  /** Variables of k6 beside it: a proxy, for one. */
  networkEnv: Readonly<Record<string, string>>
  timeoutSeconds: number
}

/** One GET of each, all at once. A body without an end says no more than that there is something: HEAD has none. */
const SCRIPT = `
import http from 'k6/http'
const { urls, network, timeout } = JSON.parse(__ENV.K6V_TARGETS)
export const options = { ...network, vus: 1, iterations: 1 }
const params = { timeout, redirects: 0, responseType: 'none', headers: { 'User-Agent': 'k6-verdict' } }
export default function () {
  const ask = (method, some) => http.batch(some.map((url) => [method, url, null, params]))
  const answers = ask('GET', urls)
  urls.forEach((url, i) => {
    const isLate = answers[i].error_code === 1050
    const { status, error } = isLate ? ask('HEAD', [url])[0] : answers[i]
    console.log(JSON.stringify({ url, reason: status === 0 ? error : undefined }))
  })
}
`

const ARGUMENTS = [
  ...['run', '--quiet', '--no-color', '--log-format=json', '--address='],
  ...['--summary-mode=disabled', '--no-thresholds', '-'],
]

/** k6's own start and end, on a busy machine. */
const SLACK_SECONDS = 30

/** Why each target that gave no HTTP answer did not, in k6's words; any answer will do. */
export async function askTargets(question: TargetQuestion): Promise<Map<string, string>> {
  const { k6, urls, network, env, networkEnv, timeoutSeconds } = question
  const own = k6Environment({
    env,
    totalMemoryBytes: usableMemoryBytes(),
    configFile: projectPath('scripts', 'k6', 'empty-config.json'),
  })
  const targets = { urls, network, timeout: `${timeoutSeconds}s` }
  const log = await logOf(k6, {
    env: { ...own, ...networkEnv, K6V_TARGETS: JSON.stringify(targets) },
    timeoutMs: (2 * timeoutSeconds + SLACK_SECONDS) * 1_000,
  })
  const answers = log.flatMap(answerIn)
  const silent = urls.filter((url) => !answers.some((answer) => answer.url === url))
  const why = log.map(parsed).find(({ level }) => level === 'error')?.msg ?? 'k6 did not ask it'
  const reasons = answers.flatMap(({ url, reason }) =>
    reason === undefined ? [] : [[url, reason] as const],
  )
  return new Map([...reasons, ...silent.map((url) => [url, why] as const)])
}

function logOf(
  k6: string,
  { env, timeoutMs }: { env: NodeJS.ProcessEnv; timeoutMs: number },
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const stdio = ['pipe', 'ignore', 'pipe'] as ['pipe', 'ignore', 'pipe']
    const child = spawn(k6, ARGUMENTS, { env, stdio, timeout: timeoutMs, killSignal: 'SIGKILL' })
    const chunks: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', () => resolve(Buffer.concat(chunks).toString().split('\n')))
    // A k6 that ends before it has read it all says why in its log.
    child.stdin.on('error', () => undefined)
    child.stdin.end(SCRIPT)
  })
}

interface LogLine {
  level?: string
  msg?: string
  source?: string
}

function parsed(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine
  } catch {
    return {}
  }
}

function answerIn(line: string): { url: string; reason?: string }[] {
  const { source, msg = '' } = parsed(line)
  return source === 'console' ? [JSON.parse(msg) as { url: string; reason?: string }] : []
}
