import { ToolkitError } from '../core/errors.ts'
import { findInstalledK6 } from '../k6/find-k6.ts'
import { findGo } from '../k6/go-toolchain.ts'
import type { K6Context } from '../k6/k6-context.ts'
import { openDownload, UnreachableError } from '../k6/open-download.ts'
import { downloadSource, PINNED_VERSION, releaseFor } from '../k6/k6-version.ts'
import { type Finding, finding, optional, required } from './finding.ts'
import type { SearchPath } from '../k6/executable-on-path.ts'
import { k6Environment, usableMemoryBytes } from '../k6/environment.ts'

const INSTALL =
  'Install k6 2.x (https://grafana.com/docs/k6/latest/set-up/install-k6/), set K6_BIN to one, set K6_DOWNLOAD_URL to a mirror, or install Go 1.26'

/** The k6 a run would use, or what the first run would do to get one. Installs nothing. */
export async function checkK6(context: K6Context): Promise<Finding> {
  try {
    const skipped: string[] = []
    const installed = await findInstalledK6({ ...context, say: (line) => skipped.push(line) })
    const found = Array.isArray(installed)
      ? await wouldInstall(context)
      : finding('k6', `${installed.version} (${installed.source}): ${installed.path}`)
    return { ...found, found: [found.found, ...skipped].join('; ') }
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    return finding('k6', error.message, required(error.hint))
  }
}

async function wouldInstall(context: K6Context): Promise<Finding> {
  const obstacle = await downloadObstacle(context)
  if (obstacle === undefined) {
    return finding('k6', `none yet: the first run would download ${PINNED_VERSION}`)
  }

  const go = await findGo(context)
  if ('problem' in go) return finding('k6', `none: ${obstacle}; ${go.problem}`, required(INSTALL))
  const minute = `the first run would build ${PINNED_VERSION} with ${go.version}, about a minute`
  return finding('k6', `none yet: ${minute} (${obstacle})`)
}

/** Asks for the archive and hangs up at once: a promise to download it must hold. */
async function downloadObstacle(context: K6Context): Promise<string | undefined> {
  const release = releaseFor(context.platform, context.arch)
  if (!release) return `no official release for ${context.platform} on ${context.arch}`
  try {
    const download = await openDownload(downloadSource(context.env), release.archive, context)
    download.close()
    return undefined
  } catch (error) {
    if (error instanceof UnreachableError) return `no download: ${error.message}`
    throw error
  }
}

/** Go, which builds k6 where no release can be downloaded. */
export async function checkGo(search: SearchPath): Promise<Finding> {
  const go = await findGo(search)
  if (!('problem' in go)) return finding('go', `${go.version}: ${go.path}`)
  const advice = 'Only needed to build k6 from source: Go 1.26 from https://go.dev/dl/'
  return finding('go', go.version ?? 'none', optional(advice))
}

const SETTINGS = ['GOGC', 'GOMEMLIMIT', 'GOMAXPROCS']

/** What k6 is started with, and which of it is the user's own choice; it always wins. */
export function checkTuning(
  env: NodeJS.ProcessEnv,
  totalMemoryBytes: number = usableMemoryBytes(),
): Finding {
  const started = k6Environment({ env, totalMemoryBytes })
  const told = SETTINGS.flatMap((name) => {
    const value = started[name]
    if (!value) return []
    return [`${name}=${value}${env[name] ? ' (yours)' : ''}`]
  })
  return finding('k6 settings', told.join(', '))
}
