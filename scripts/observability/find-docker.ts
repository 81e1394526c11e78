import { execa } from 'execa'
import { executableOnPath, type SearchPath } from '../k6/executable-on-path.ts'

/** A Docker that can start the servers. */
export interface Docker {
  path: string
  /** Whether containers can share this machine's own network, and so scrape what is on 127.0.0.1. */
  sharesHostNetwork: boolean
}

/** The first in which an override can take ports away. */
const OLDEST = [2, 24] as const

const TIMEOUT_MS = 15_000

/** Docker with Compose and a daemon that answers, or what is missing of it, in words. */
export async function findDocker(search: SearchPath): Promise<Docker | { missing: string }> {
  const path = await executableOnPath('docker', search)
  if (path === undefined) return { missing: 'no docker on PATH' }
  const ask = (args: string[]) =>
    execa(path, args, {
      env: search.env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      timeout: TIMEOUT_MS,
    })
  const [compose, daemon] = await Promise.all([
    ask(['compose', 'version', '--short']),
    ask(['info', '--format', '{{.OperatingSystem}} {{.SecurityOptions}}']),
  ])
  if (compose.failed) return { missing: 'docker has no compose plugin' }
  if (!isNewEnough(compose.stdout)) {
    return { missing: `docker compose ${compose.stdout} is older than ${OLDEST.join('.')}` }
  }
  if (daemon.failed) return { missing: 'the Docker daemon does not answer' }
  // Docker Desktop's containers live in a machine of their own, rootless ones in a network of their own.
  const isApart = /Docker Desktop|rootless/.test(daemon.stdout)
  return { path, sharesHostNetwork: search.platform === 'linux' && !isApart }
}

function isNewEnough(version: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? []
  const [oldestMajor, oldestMinor] = OLDEST
  if (Number(major) !== oldestMajor) return Number(major) > oldestMajor
  return Number(minor) >= oldestMinor
}
