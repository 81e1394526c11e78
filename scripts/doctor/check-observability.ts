import { ToolkitError } from '../core/errors.ts'
import type { SearchPath } from '../k6/executable-on-path.ts'
import { type Binaries, findBinaries } from '../observability/find-binaries.ts'
import { findDocker } from '../observability/find-docker.ts'
import { type Finding, finding, optional } from './finding.ts'

const NAME = 'observability'

const GRAFANA_ADVICE =
  'Only needed to see dashboards: start Docker, or let GRAFANA_HOME name an unpacked Grafana 11 or newer'

/** How `npm run observability` would bring its servers up, and what it would lack. Starts nothing. */
export async function checkObservability(search: SearchPath): Promise<Finding> {
  try {
    const docker = await findDocker(search)
    if (!('missing' in docker)) {
      return finding(NAME, 'Docker Compose: Prometheus, Alertmanager and Grafana')
    }
    const binaries = await findBinaries(search)
    if ('missing' in binaries) {
      const lacking = [docker.missing, ...binaries.missing].join('; ')
      return finding(NAME, `none: ${lacking}`, optional(installAdvice(search.platform)))
    }
    return ofBinaries(binaries, docker.missing)
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    return finding(NAME, error.message, optional(error.hint))
  }
}

function ofBinaries({ prometheus, grafana }: Binaries, noDocker: string): Finding {
  const servers = `Prometheus ${prometheus.version.text} and Alertmanager`
  if (grafana) return finding(NAME, `binaries: ${servers}, Grafana in ${grafana.home}`)
  const found = `binaries: ${servers}; no Grafana (${noDocker}, no GRAFANA_HOME)`
  return finding(NAME, found, optional(GRAFANA_ADVICE))
}

function installAdvice(platform: NodeJS.Platform): string {
  const purpose = 'Only needed to watch runs live: start Docker, or'
  if (platform === 'linux') {
    return `${purpose} sudo apt-get install prometheus prometheus-alertmanager`
  }
  if (platform === 'darwin') return `${purpose} brew install prometheus alertmanager`
  return `${purpose} put prometheus and alertmanager on PATH`
}
