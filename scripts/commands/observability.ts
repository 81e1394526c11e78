import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { becomesReady } from '../observability/await-ready.ts'
import { chooseWay, type Way } from '../observability/choose-way.ts'
import { alreadyRunning, serverFailed } from '../observability/errors.ts'
import type { ObservabilityOptions } from '../observability/observability-options.ts'
import { readyText } from '../observability/ready-text.ts'
import { lastWords } from '../observability/server-process.ts'
import type { Stack, StackPlan } from '../observability/stack.ts'
import { stackFolder } from '../observability/stack-folder.ts'
import { removeStackState, runningStack, writeStackState } from '../observability/stack-state.ts'
import { startBinaries } from '../observability/start-binaries.ts'
import { startCompose } from '../observability/start-compose.ts'
import { endProgress, progress, say, shownPath } from '../core/console.ts'
import { listenForInterrupts } from '../core/interrupts.ts'
import { wrongValue } from '../core/usage-errors.ts'

/** Prometheus reads its whole log of the last hours again; with a long one that takes a while. */
const READY_DEADLINE_MS = 180_000

/** Runs Prometheus, Alertmanager and Grafana until Ctrl+C. */
export async function observability(options: ObservabilityOptions): Promise<number> {
  const interrupts = listenForInterrupts()
  try {
    const plan = await planOf(options)
    const way = await chooseWay(options.with, { env: process.env, platform: process.platform })
    progress('starting Prometheus, Alertmanager and Grafana')
    const stack = await start(plan, way)
    try {
      await serve({ stack, plan, way, stop: interrupts.stop })
    } finally {
      endProgress()
      await stack.stop()
      removeStackState(plan.folder)
    }
    say(`stopped; the data stays in ${shownPath(plan.folder.path)}`)
    return 0
  } finally {
    endProgress()
    interrupts.close()
  }
}

async function planOf(options: ObservabilityOptions): Promise<StackPlan> {
  const { rules, alertmanagerConfig, prometheusPort, alertmanagerPort, grafanaPort } = options
  for (const path of rules) await requireThere('--rules', path)
  if (alertmanagerConfig !== undefined) {
    await requireThere('--alertmanager-config', alertmanagerConfig)
  }
  const folder = stackFolder(process.env, options.data)
  const running = runningStack(process.env, folder)
  if (running) throw alreadyRunning(shownPath(folder.path), running)
  return {
    folder,
    ports: { prometheus: prometheusPort, alertmanager: alertmanagerPort, grafana: grafanaPort },
    rules: rules.map((path) => resolve(path)),
    alertmanagerConfig: alertmanagerConfig && resolve(alertmanagerConfig),
    env: process.env,
  }
}

async function requireThere(option: string, path: string): Promise<void> {
  const isThere = await stat(path).catch(() => undefined)
  if (!isThere) throw wrongValue(option, 'a path that exists', path)
}

function start(plan: StackPlan, way: Way): Promise<Stack> {
  return 'docker' in way ? startCompose(plan, way.docker) : startBinaries(plan, way.binaries)
}

interface Serving {
  stack: Stack
  plan: StackPlan
  way: Way
  stop: AbortSignal
}

async function serve({ stack, plan, way, stop }: Serving): Promise<void> {
  if (!(await ready(stack, stop))) return
  const url = (name: string) => stack.servers.find((server) => server.name === name)?.url
  const grafana = url('Grafana')
  writeStackState(plan.folder, {
    pid: process.pid,
    prometheus: url('Prometheus') ?? '',
    alertmanager: url('Alertmanager') ?? '',
    ...(grafana !== undefined && { grafana }),
    scrapeHost: stack.scrapeHost,
  })
  say(await readyText(stack, plan, way))
  // A promise alone would not keep this process alive, and with Docker nothing else does.
  const alive = setInterval(() => undefined, 60_000)
  try {
    await Promise.race([stopped(stop), stack.lost])
  } finally {
    clearInterval(alive)
  }
}

async function ready(stack: Stack, stop: AbortSignal): Promise<boolean> {
  const over = new AbortController()
  try {
    const waiting = allReady(stack, AbortSignal.any([stop, over.signal]))
    return await Promise.race([waiting, stack.lost])
  } finally {
    // Nobody waits any more where a server was lost.
    over.abort()
  }
}

async function allReady({ servers }: Stack, stop: AbortSignal): Promise<boolean> {
  for (const { name, readyUrl, log } of servers) {
    const isReady = await becomesReady({
      url: readyUrl,
      deadlineMs: READY_DEADLINE_MS,
      stop,
      onWait: (seconds) => progress(`waiting for ${name}, ${seconds} s`),
    })
    if (stop.aborted) return false
    if (isReady) continue
    const why = `was not ready within ${READY_DEADLINE_MS / 1_000} s (${readyUrl})`
    throw serverFailed(name, why, await lastWords(log ?? ''))
  }
  return true
}

function stopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve()
  return new Promise((resolve) => stop.addEventListener('abort', () => resolve()))
}
