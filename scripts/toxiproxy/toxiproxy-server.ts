import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../core/free-port.ts'
import { toxiproxyFailed } from './errors.ts'

/** A toxiproxy-server of our own, on 127.0.0.1 only. */
export interface Toxiproxy {
  pid: number
  /**
   * Puts a proxy in front of a host and port.
   *
   * @returns `127.0.0.1:<port>` of the proxy
   */
  addProxy: (name: string, upstream: string) => Promise<string>
  /** Delays every answer that the proxy passes on by `latencyMs`, give or take `jitterMs`. */
  addLatency: (proxy: string, latency: Latency) => Promise<void>
  stop: () => Promise<void>
}

export interface Latency {
  latencyMs: number
  jitterMs: number
}

const START_TIMEOUT_MS = 10_000
const ANSWER_TIMEOUT_MS = 5_000

/**
 * Starts a server and waits until it answers.
 *
 * @throws ToolkitError when it does not
 */
export async function startToxiproxy(binary: string): Promise<Toxiproxy> {
  const port = await freePort()
  const child = spawn(binary, ['-host', '127.0.0.1', '-port', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, LOG_LEVEL: 'error' },
    // Ctrl+C in a terminal reaches every process of the group; k6 must end before its network does.
    detached: true,
  })
  // For an end of this process that nobody planned.
  const kill = (): boolean => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = endOf(child)
  const stop = async (): Promise<void> => {
    process.off('exit', kill)
    child.kill('SIGTERM')
    await ended
  }
  const post = apiOf(`http://127.0.0.1:${port}`)
  try {
    await untilAnswers(`http://127.0.0.1:${port}/version`, ended)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    pid: child.pid ?? 0,
    addProxy: async (name, upstream) => {
      const { listen } = await post('/proxies', { name, listen: '127.0.0.1:0', upstream })
      return String(listen)
    },
    addLatency: async (proxy, { latencyMs, jitterMs }) => {
      const attributes = { latency: latencyMs, jitter: jitterMs }
      await post(`/proxies/${proxy}/toxics`, { type: 'latency', stream: 'downstream', attributes })
    },
    stop,
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code) => resolve(`it ended with exit code ${code}`))
  })
}

async function untilAnswers(url: string, ended: Promise<string>): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline) {
    const isUp = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return
    const reason = await Promise.race([ended, sleep(50, undefined)])
    if (reason !== undefined) throw toxiproxyFailed(reason)
  }
  throw toxiproxyFailed(`no answer within ${START_TIMEOUT_MS} ms`)
}

function apiOf(base: string) {
  return async (path: string, body: object): Promise<Record<string, unknown>> => {
    const response = await fetch(base + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw toxiproxyFailed(`POST ${path}: ${String(error)}`)
    })
    if (!response.ok) {
      throw toxiproxyFailed(`POST ${path}: ${response.status} ${await response.text()}`)
    }
    return (await response.json()) as Record<string, unknown>
  }
}
