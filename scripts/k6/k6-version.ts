import { execFile, type ExecFileException } from 'node:child_process'
import { k6Environment, usableMemoryBytes } from './environment.ts'
import { k6DownloadUrlInvalid } from './errors.ts'

/** A k6 that answered, or why it did not. */
export type VersionAnswer = { version: string } | { problem: string }

/** How to ask: the environment is scrubbed before k6 sees it. */
export interface VersionQuestion {
  env: NodeJS.ProcessEnv
  timeoutMs?: number
}

/** Asks a binary which k6 it is. Never throws: what is wrong with it is an answer too. */
export async function k6Version(path: string, question: VersionQuestion): Promise<VersionAnswer> {
  const asJson = await ask(path, ['version', '--json'], question)
  // k6 before v1 knows no --json, and its user should hear "too old" rather than "unknown flag".
  const refused = asJson.exitCode !== undefined && asJson.exitCode !== 0
  const answer = refused ? await ask(path, ['version'], question) : asJson

  if (answer.timedOut) return { problem: 'gave no answer to "k6 version" in time' }
  if (answer.exitCode === undefined)
    return { problem: `cannot be run (${answer.code ?? 'killed'})` }
  if (answer.exitCode !== 0) return { problem: `"k6 version" exited with ${answer.exitCode}` }
  const version = parseK6Version(answer.stdout)
  return version === undefined ? { problem: "gave an answer that is not k6's" } : { version }
}

/** `v2.2.0` from `k6 version --json`, or from the plain text of an older k6. */
export function parseK6Version(stdout: string): string | undefined {
  const text = /^\S+ (v\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1]
  if (text !== undefined) return text
  try {
    const answer = JSON.parse(stdout) as { version?: unknown } | null
    const version = answer?.version
    return typeof version === 'string' && /^v\d+\.\d+\.\d+/.test(version) ? version : undefined
  } catch {
    return undefined
  }
}

/** Whether this project can drive a k6: version 2, of which it uses only what 2.0 has. */
export function isSupported(version: string): boolean {
  return version.startsWith('v2.')
}

interface Answer {
  /** Undefined when it could not be run, or did not end by itself. */
  exitCode: number | undefined
  /** The system's word for why it could not be run. */
  code: string | undefined
  timedOut: boolean
  stdout: string
}

// Not by execa: every run asks this, and loading execa takes a tenth of the time to the first request.
function ask(
  path: string,
  args: string[],
  { env, timeoutMs = 10_000 }: VersionQuestion,
): Promise<Answer> {
  const scrubbed = k6Environment({ env, totalMemoryBytes: usableMemoryBytes() })
  const options = { env: scrubbed, timeout: timeoutMs, killSignal: 'SIGKILL' } as const
  return new Promise((resolve) => {
    const child = execFile(path, args, options, (error, stdout) => {
      resolve({ ...ending(error), stdout })
    })
    child.stdin?.end()
  })
}

function ending(error: ExecFileException | null): Omit<Answer, 'stdout'> {
  const { code } = error ?? { code: 0 }
  return {
    exitCode: typeof code === 'number' ? code : undefined,
    code: typeof code === 'string' ? code : undefined,
    timedOut: error?.killed === true,
  }
}

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
