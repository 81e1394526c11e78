import { spawn } from 'node:child_process'
import { projectPath } from '../core/project.ts'
import { k6Environment, usableMemoryBytes } from './environment.ts'

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

/** Run by k6 as it is. */
const SCRIPT = projectPath('lib', 'ask-targets.ts')

const ARGUMENTS = [
  ...['run', '--quiet', '--no-color', '--log-format=json', '--address='],
  ...['--summary-mode=disabled', '--no-thresholds', SCRIPT],
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
    const stdio = ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe']
    const child = spawn(k6, ARGUMENTS, { env, stdio, timeout: timeoutMs, killSignal: 'SIGKILL' })
    const chunks: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', () => resolve(Buffer.concat(chunks).toString().split('\n')))
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
