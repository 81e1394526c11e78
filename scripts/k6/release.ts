import { k6DownloadUrlInvalid } from './errors.ts'

/** The k6 that is installed when the machine has none; tools/k6/go.mod pins the same. */
export const PINNED_VERSION = 'v2.2.0'

/** SHA-256 of the archives that were verified independently of the server they come from. */
export const PINNED_SHA256: Readonly<Record<string, string>> = {
  'k6-v2.2.0-linux-amd64.tar.gz':
    'b5a8003c86f35f5cd5ceef1490312c48e587696c94d998cefc6d7b3b4cb1597d',
}

/** One official archive of the pinned version. */
export interface Release {
  archive: string
  kind: 'tar.gz' | 'zip'
  /** The one file we want from it, by its full path inside. */
  member: string
}

/** Where releases are downloaded from. */
export interface DownloadSource {
  /** Without credentials, so that it may be printed. */
  baseUrl: string
  headers: Record<string, string>
}

const OFFICIAL_URL = 'https://github.com/grafana/k6/releases/download'

const SYSTEMS: Partial<Record<NodeJS.Platform, { name: string; kind: Release['kind'] }>> = {
  linux: { name: 'linux', kind: 'tar.gz' },
  darwin: { name: 'macos', kind: 'zip' },
  win32: { name: 'windows', kind: 'zip' },
}

const PROCESSORS: Partial<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/** The official archive for a machine, or undefined where k6 publishes none. */
export function releaseFor(platform: NodeJS.Platform, arch: string): Release | undefined {
  const system = SYSTEMS[platform]
  const processor = PROCESSORS[arch]
  if (!system || !processor || (platform === 'win32' && arch === 'arm64')) return undefined

  const folder = `k6-${PINNED_VERSION}-${system.name}-${processor}`
  return {
    archive: `${folder}.${system.kind}`,
    kind: system.kind,
    member: `${folder}/${binaryName(platform)}`,
  }
}

/** What the k6 binary is called on a platform. */
export function binaryName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'k6.exe' : 'k6'
}

/** The file of `SHA256  FILE` lines that lies beside the archives. */
export const CHECKSUM_FILE = `k6-${PINNED_VERSION}-checksums.txt`

/** `K6_DOWNLOAD_URL` (a mirror of GitHub's release folders) or GitHub. */
export function downloadSource(env: NodeJS.ProcessEnv): DownloadSource {
  const given = env['K6_DOWNLOAD_URL'] || OFFICIAL_URL
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw k6DownloadUrlInvalid(PINNED_VERSION)

  // fetch refuses a URL that carries a user and password, which is how mirrors hand them out.
  const { username, password } = url
  url.username = url.password = ''
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return {
    baseUrl: `${url.href.replace(/\/+$/, '')}/${PINNED_VERSION}`,
    headers: username
      ? { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
      : {},
  }
}
