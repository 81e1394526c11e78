import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectPath } from '../core/project.ts'
import type { Binaries, GrafanaHome } from './find-binaries.ts'
import { SERVER_NAMES } from './ports.ts'
import { nativeHistogramFlags } from './prometheus-version.ts'
import type { ServerCommand } from './server-process.ts'
import { READY_PATHS, RETENTION, type StackPlan, urlsOf } from './stack.ts'

/** What the servers' programs get of the user's environment: nothing of a run's, and no secrets. */
const KEPT = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'LANG', 'SYSTEMROOT', 'USERPROFILE']

/** How to start what is on this machine, Prometheus last: it talks to the others. */
export function serverCommands(plan: StackPlan, binaries: Binaries): ServerCommand[] {
  const { grafana } = binaries
  return [
    alertmanagerCommand(plan, binaries.alertmanager),
    ...(grafana ? [grafanaCommand(plan, grafana)] : []),
    prometheusCommand(plan, binaries.prometheus),
  ]
}

function prometheusCommand(
  plan: StackPlan,
  { path, version }: Binaries['prometheus'],
): ServerCommand {
  const { folder, ports } = plan
  return {
    ...common(plan, 'prometheus'),
    program: path,
    args: [
      `--config.file=${folder.prometheusConfig}`,
      `--storage.tsdb.path=${folder.data.prometheus}`,
      `--storage.tsdb.retention.time=${RETENTION}`,
      `--web.listen-address=127.0.0.1:${ports.prometheus}`,
      `--web.external-url=${urlsOf(ports).prometheus}`,
      '--web.enable-remote-write-receiver',
      // An alert in the first seconds finds no Alertmanager yet, and a minute later a short run is over.
      '--rules.alert.resend-delay=10s',
      ...nativeHistogramFlags(version),
    ],
  }
}

function alertmanagerCommand(plan: StackPlan, program: string): ServerCommand {
  const { folder, ports } = plan
  return {
    ...common(plan, 'alertmanager'),
    program,
    args: [
      // The user's own stays in its place, because the files that it names are beside it.
      `--config.file=${plan.alertmanagerConfig ?? folder.alertmanagerConfig}`,
      `--storage.path=${folder.data.alertmanager}`,
      `--web.listen-address=127.0.0.1:${ports.alertmanager}`,
      `--web.external-url=${urlsOf(ports).alertmanager}`,
      // A single one has nobody to gossip with, and would listen on every address for it.
      '--cluster.listen-address=',
    ],
  }
}

function grafanaCommand(plan: StackPlan, { home, program, command }: GrafanaHome): ServerCommand {
  const base = common(plan, 'grafana')
  return {
    ...base,
    program,
    args: [...command, '--homepath', home],
    env: { ...base.env, ...grafanaEnvironment(plan) },
  }
}

/** Grafana's settings; `grafana/grafana.env` has those that a container shares. */
export function grafanaEnvironment({ folder, ports }: StackPlan): Record<string, string> {
  const urls = urlsOf(ports)
  const dashboards = projectPath('grafana', 'generated', 'dashboards')
  return {
    ...readEnvironmentFile(projectPath('grafana', 'grafana.env')),
    K6V_PROMETHEUS_URL: urls.prometheus,
    K6V_ALERTMANAGER_URL: urls.alertmanager,
    K6V_DASHBOARDS: dashboards,
    GF_PATHS_PROVISIONING: projectPath('grafana', 'provisioning'),
    GF_PATHS_DATA: folder.data.grafana,
    GF_PATHS_LOGS: folder.logs,
    GF_PATHS_PLUGINS: join(folder.data.grafana, 'plugins'),
    GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: join(dashboards, 'run-overview.json'),
    GF_SERVER_HTTP_ADDR: '127.0.0.1',
    GF_SERVER_HTTP_PORT: String(ports.grafana),
    GF_SERVER_ROOT_URL: urls.grafana,
    GF_LOG_MODE: 'console',
  }
}

function common({ folder, ports, env }: StackPlan, server: keyof typeof SERVER_NAMES) {
  const kept = KEPT.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))
  return {
    name: SERVER_NAMES[server],
    env: Object.fromEntries(kept) as Record<string, string>,
    log: join(folder.logs, `${server}.log`),
    readyUrl: `${urlsOf(ports)[server]}${READY_PATHS[server]}`,
  }
}

/** Lines `NAME=value`; others are comments. */
function readEnvironmentFile(path: string): Record<string, string> {
  const lines = readFileSync(path, 'utf8').matchAll(/^([A-Z]\w*)=(.*)$/gm)
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]))
}
