import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { executableOnPath, type SearchPath } from '../k6/executable-on-path.ts'
import { grafanaHomeUnusable, prometheusTooOld } from './errors.ts'
import {
  isAtLeast,
  OLDEST,
  parsePrometheusVersion,
  type PrometheusVersion,
} from './prometheus-version.ts'

/** A Grafana that was unpacked or installed here. */
export interface GrafanaHome {
  home: string
  program: string
  /** What comes before its options: newer ones have one program with commands. */
  command: readonly string[]
}

export interface Binaries {
  prometheus: { path: string; version: PrometheusVersion }
  alertmanager: string
  promtool: string | undefined
  grafana: GrafanaHome | undefined
}

/** Debian's name comes first: other programs have been called alertmanager. */
const ALERTMANAGER_NAMES = ['prometheus-alertmanager', 'alertmanager']

const VERSION_TIMEOUT_MS = 10_000

/**
 * The servers on this machine.
 *
 * @returns what is missing, in words, where Prometheus or Alertmanager is
 * @throws ToolkitError when GRAFANA_HOME names no Grafana, or Prometheus is too old
 */
export async function findBinaries(search: SearchPath): Promise<Binaries | { missing: string[] }> {
  const [prometheus, alertmanager, promtool, grafana] = await Promise.all([
    executableOnPath('prometheus', search),
    findAlertmanager(search),
    executableOnPath('promtool', search),
    findGrafana(search),
  ])
  if (prometheus === undefined || alertmanager === undefined) {
    const missing = [
      ...(prometheus === undefined ? ['no prometheus on PATH'] : []),
      ...(alertmanager === undefined ? [`no ${ALERTMANAGER_NAMES.join(' or ')} on PATH`] : []),
    ]
    return { missing }
  }
  const version = await versionOf(prometheus)
  return { prometheus: { path: prometheus, version }, alertmanager, promtool, grafana }
}

async function findAlertmanager(search: SearchPath): Promise<string | undefined> {
  for (const name of ALERTMANAGER_NAMES) {
    const path = await executableOnPath(name, search)
    if (path !== undefined) return path
  }
  return undefined
}

/** The Grafana of `GRAFANA_HOME`, which no package puts on PATH together with its pages. */
async function findGrafana({ env, platform }: SearchPath): Promise<GrafanaHome | undefined> {
  const home = env['GRAFANA_HOME']
  if (!home) return undefined
  const ending = platform === 'win32' ? '.exe' : ''
  for (const [name, command] of [
    ['grafana', ['server']],
    ['grafana-server', []],
  ] as const) {
    const program = join(home, 'bin', `${name}${ending}`)
    if (await isExecutable(program)) return { home, program, command }
  }
  throw grafanaHomeUnusable(home)
}

async function versionOf(path: string): Promise<PrometheusVersion> {
  const { stdout, stderr } = await execa(path, ['--version'], {
    reject: false,
    stdin: 'ignore',
    timeout: VERSION_TIMEOUT_MS,
  })
  const version = parsePrometheusVersion(`${stdout}\n${stderr}`)
  const oldest = `${OLDEST.major}.${OLDEST.minor}`
  if (!version) throw prometheusTooOld(path, 'something that does not tell its version', oldest)
  if (!isAtLeast(version, OLDEST)) throw prometheusTooOld(path, version.text, oldest)
  return version
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
