import { execa } from 'execa'
import { projectPath } from '../core/project.ts'
import { dockerFailed } from './errors.ts'
import type { Docker } from './find-docker.ts'
import { startGuard } from './guard.ts'
import { requireFreePorts, SERVER_NAMES, type Ports } from './ports.ts'
import { prepareFolder } from './prepare-folder.ts'
import { READY_PATHS, type Stack, type StackPlan, urlsOf } from './stack.ts'

const SERVERS = Object.keys(SERVER_NAMES) as (keyof Ports)[]

/** The first start pulls some hundreds of megabytes. */
const UP_TIMEOUT_MS = 15 * 60_000

const DOWN_TIMEOUT_MS = 60_000

/** How often it is looked whether the containers are still there. */
const WATCH_MS = 5_000

/**
 * Starts the servers by Docker Compose.
 *
 * @throws ToolkitError when a port is taken or Docker refuses; then nothing is left running
 */
export async function startCompose(plan: StackPlan, docker: Docker): Promise<Stack> {
  const { folder, ports, rules, alertmanagerConfig } = plan
  await requireFreePorts(ports, SERVERS)
  const scrapeHost = docker.sharesHostNetwork ? '127.0.0.1' : 'host.docker.internal'
  await prepareFolder(folder, {
    rules,
    alertmanagerConfig,
    alertmanagerAddress: docker.sharesHostNetwork
      ? `127.0.0.1:${ports.alertmanager}`
      : 'alertmanager:9093',
    scrapeHost,
  })
  const env = { ...plan.env, ...composeEnvironment(plan, docker) }
  const arguments_ = composeArguments(docker)
  const compose = (args: string[], timeout: number) =>
    execa(docker.path, [...arguments_, ...args], {
      env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      all: true,
      timeout,
      // The terminal's Ctrl+C is for this process.
      detached: true,
    })
  const guard = startGuard(env)
  guard.onLoss([docker.path, ...arguments_, 'down'])
  const watch = new AbortController()
  const stop = async (): Promise<void> => {
    watch.abort()
    const down = await compose(['down'], DOWN_TIMEOUT_MS)
    if (!down.failed) guard.onLoss(undefined)
    guard.close()
    if (down.failed) throw dockerFailed('docker compose down', lastLines(down.all))
  }
  const up = await compose(['up', '--detach', '--remove-orphans'], UP_TIMEOUT_MS)
  if (up.failed) {
    await stop().catch(() => undefined)
    throw dockerFailed('docker compose up', lastLines(up.all))
  }
  const running = async (): Promise<number> => {
    const listed = await compose(['ps', '--services', '--status', 'running'], DOWN_TIMEOUT_MS)
    return listed.stdout.split('\n').filter((line) => line !== '').length
  }
  const logs = async () => lastLines((await compose(['logs', '--tail', '8'], DOWN_TIMEOUT_MS)).all)
  const lost = watchContainers(running, logs, watch.signal)
  lost.catch(() => undefined)
  return { servers: serversOf(ports), scrapeHost, lost, stop }
}

/** What comes between `docker` and the command. */
function composeArguments({ sharesHostNetwork }: Docker): string[] {
  const files = ['compose.yaml', ...(sharesHostNetwork ? ['compose.linux.yaml'] : [])]
  return ['compose', ...files.flatMap((file) => ['--file', projectPath('grafana', file)])]
}

/** Values of the variables in `grafana/compose.yaml`. */
export function composeEnvironment(
  { folder, ports }: Pick<StackPlan, 'folder' | 'ports'>,
  { sharesHostNetwork }: Docker,
): Record<string, string> {
  const urls = urlsOf(ports)
  const [uid, gid] = [process.getuid?.(), process.getgid?.()]
  return {
    K6V_DATA: folder.path,
    K6V_PROMETHEUS_PORT: String(ports.prometheus),
    K6V_ALERTMANAGER_PORT: String(ports.alertmanager),
    K6V_GRAFANA_PORT: String(ports.grafana),
    // The data folder belongs to this user, and so must what writes into it.
    ...(uid !== undefined && gid !== undefined && { K6V_USER: `${uid}:${gid}` }),
    ...(sharesHostNetwork && {
      K6V_LISTEN: '127.0.0.1',
      K6V_PROMETHEUS_LISTEN_PORT: String(ports.prometheus),
      K6V_ALERTMANAGER_LISTEN_PORT: String(ports.alertmanager),
      K6V_GRAFANA_LISTEN_PORT: String(ports.grafana),
      K6V_PROMETHEUS_URL: urls.prometheus,
      K6V_ALERTMANAGER_URL: urls.alertmanager,
    }),
  }
}

function serversOf(ports: Ports) {
  return SERVERS.map((server) => {
    const url = urlsOf(ports)[server]
    return { name: SERVER_NAMES[server], url, readyUrl: `${url}${READY_PATHS[server]}` }
  })
}

async function watchContainers(
  running: () => Promise<number>,
  logs: () => Promise<string>,
  stop: AbortSignal,
): Promise<never> {
  const { setTimeout: sleep } = await import('node:timers/promises')
  for (;;) {
    await sleep(WATCH_MS, undefined, { signal: stop }).catch(() => undefined)
    if (stop.aborted) return new Promise<never>(() => undefined)
    if ((await running()) < SERVERS.length) {
      throw dockerFailed('docker compose ps', `a container has ended:\n${await logs()}`)
    }
  }
}

function lastLines(text: string | undefined): string {
  return (text ?? '').trimEnd().split('\n').slice(-12).join('\n')
}
