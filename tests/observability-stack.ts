// `npm run observability` as a user starts it, on free ports and in a folder of its own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestContext } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { freePort } from '../scripts/core/free-port.ts'
import { cliArguments } from './cli.ts'

export interface TestStack {
  child: ChildProcess
  /** The data folder. */
  folder: string
  prometheus: string
  alertmanager: string
  grafana: string
  /** All that it has printed. */
  said: () => string
  /** Sends the signal and waits for the end; gives the exit code. */
  end: (signal: NodeJS.Signals) => Promise<number | null>
}

export interface TestStackOptions {
  folder?: string
  args?: string[]
  env?: Record<string, string>
  ports?: { prometheus: number; alertmanager: number; grafana: number }
}

const READY = 'Ctrl+C here ends all of it.'

/** Why tests of the servers are skipped; false where they are there, and always in CI. */
export function skipWithoutServers(): string | false {
  const programs = ['prometheus', 'promtool', 'prometheus-alertmanager']
  const missing = programs.filter((name) => spawnSync(name, ['--version']).status !== 0)
  if (missing.length === 0 || process.env['CI']) return false
  return `no ${missing.join(', ')} on PATH (Debian: apt install prometheus prometheus-alertmanager)`
}

/** Starts it and waits until it is ready, or has ended. It is ended after the test in any case. */
export async function startStack(
  t: TestContext,
  options: TestStackOptions = {},
): Promise<TestStack> {
  const folder = options.folder ?? (await temporaryFolder(t))
  const ports = options.ports ?? (await freePorts())
  const args = Object.entries(ports).flatMap(([name, port]) => [`--${name}-port`, String(port)])
  const child = spawn(
    process.execPath,
    cliArguments(['observability', '--data', folder, ...args, ...(options.args ?? [])]),
    {
      cwd: projectPath(),
      env: { ...process.env, NO_COLOR: '1', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  }
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await once(child, 'exit')
    }
    return child.exitCode
  }
  t.after(() => end('SIGTERM'))
  while (!said.includes(READY) && child.exitCode === null) await sleep(50)
  const url = (port: number): string => `http://127.0.0.1:${port}`
  return {
    ...{ child, folder, said: () => said, end },
    prometheus: url(ports.prometheus),
    alertmanager: url(ports.alertmanager),
    grafana: url(ports.grafana),
  }
}

export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-observability-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

export async function freePorts() {
  return { prometheus: await freePort(), alertmanager: await freePort(), grafana: await freePort() }
}

/** Ids of the processes with this text in their command line; Linux only. */
export async function processesWith(text: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      return line.includes(text) ? [Number(pid)] : []
    }),
  )
  return found.flat()
}

/** Asks until the answer is right; @throws Error with the last answer when it never is. */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  isRight: (value: Value) => boolean,
  timeoutMs = 20_000,
): Promise<Value> {
  const endMs = performance.now() + timeoutMs
  for (;;) {
    const value = await ask()
    if (isRight(value)) return value
    if (performance.now() > endMs) {
      throw new Error(`Not within ${timeoutMs} ms, last: ${JSON.stringify(value)}`)
    }
    await sleep(100)
  }
}
