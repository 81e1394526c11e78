import { ToolkitError } from '../core/errors.ts'

/** Nothing here can run Prometheus and Alertmanager. */
export function observabilityMissing(missing: readonly string[]): ToolkitError {
  return new ToolkitError({
    code: 'K6V_OBSERVABILITY_MISSING',
    message: `Expected Docker Compose, or prometheus and alertmanager on PATH, found neither: ${missing.join('; ')}`,
    hint: 'Start Docker, or install both ("apt-get install prometheus prometheus-alertmanager"), then try again.',
    exitCode: 1,
  })
}

/** GRAFANA_HOME names no Grafana; it is never passed over. */
export function grafanaHomeUnusable(home: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_GRAFANA_HOME_UNUSABLE',
    message: `Expected GRAFANA_HOME to be a folder with bin/grafana or bin/grafana-server, got "${home}"`,
    hint: 'Unpack a Grafana 11 or newer and name its folder, or unset GRAFANA_HOME to do without.',
  })
}

/** The Prometheus on PATH cannot do what is asked of it. */
export function prometheusTooOld(path: string, found: string, oldest: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PROMETHEUS_TOO_OLD',
    message: `Expected ${path} to be Prometheus ${oldest} or newer, got ${found}`,
    hint: 'Put a newer one on PATH, or start Docker and add "--with docker".',
    exitCode: 1,
  })
}

/** Something else listens where a server is to listen. */
export function portTaken(wanted: { server: string; option: string; port: number }): ToolkitError {
  const { server, option, port } = wanted
  return new ToolkitError({
    code: 'K6V_PORT_TAKEN',
    message: `Expected port ${port} of 127.0.0.1 to be free for ${server}, found it taken`,
    hint: `Take another with "${option} ${port + 10_000}", or end what listens there; a ${server} that was installed as a package may have been started by the system.`,
    exitCode: 1,
  })
}

/** The data folder serves another stack. */
export function alreadyRunning(folder: string, state: { pid: number; prometheus: string }) {
  return new ToolkitError({
    code: 'K6V_OBSERVABILITY_RUNNING',
    message: `Expected nothing to use ${folder}, found it in use by process ${state.pid} (Prometheus at ${state.prometheus})`,
    hint: 'Use that one, or end it with Ctrl+C in its terminal, or name another folder with --data.',
    exitCode: 1,
  })
}

/** The data folder cannot be made or written. */
export function dataUnwritable(path: string, cause: unknown): ToolkitError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ToolkitError({
    code: 'K6V_OBSERVABILITY_DATA',
    message: `Expected ${path} to be a folder that can be written: ${reason}`,
    hint: 'Name another one with --data or K6_VERDICT_OBSERVABILITY.',
    exitCode: 1,
  })
}

/** promtool refuses the configuration or a rule file; `said` is in its own words. */
export function rulesRefused(said: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_RULES_REFUSED',
    message: `promtool refuses the rules or the configuration:\n${said}`,
    hint: 'Fix the file that it names: our own are made by "npm run dashboards", yours are in --rules.',
  })
}

/** A server ended, or never became ready. */
export function serverFailed(
  server: string,
  why: string,
  log: { path: string; lastLines: string },
): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SERVER_FAILED',
    message: `${server} ${why}${log.lastLines === '' ? '' : `; its last words:\n${log.lastLines}`}`,
    hint: `All that it said is in ${log.path}; the others were stopped.`,
    exitCode: 1,
  })
}

/** A docker command failed. */
export function dockerFailed(command: string, said: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_DOCKER_FAILED',
    message: `"${command}" failed:\n${said}`,
    hint: 'Where images cannot be pulled, put prometheus and alertmanager on PATH and add "--with binaries".',
    exitCode: 1,
  })
}
