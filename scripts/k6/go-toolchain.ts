import { execa } from 'execa'
import { executableOnPath, type SearchPath } from './executable-on-path.ts'
import { PINNED_VERSION } from './k6-version.ts'

/** What the go.mod files in tools/ ask for. */
const GO_NEEDED = { major: 1, minor: 26 }

/** A Go that can build k6, or why there is none. */
export type GoAnswer = { path: string; version: string } | { problem: string; version?: string }

/** Finds `go` on PATH and asks its version; `what` is to be built. */
export async function findGo(search: SearchPath, what = `k6 ${PINNED_VERSION}`): Promise<GoAnswer> {
  const path = await executableOnPath('go', search)
  if (path === undefined) return { problem: 'there is no go on PATH' }

  const result = await execa(path, ['version'], {
    // An older Go would otherwise download a newer one to answer for it.
    env: { ...search.env, GOTOOLCHAIN: 'local' },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    timeout: 10_000,
  })
  const version = result.failed ? undefined : parseGoVersion(result.stdout)
  if (!version) return { problem: `${path} does not answer "go version"` }
  if (isEnough(version)) return { path, version: version.name }
  const needed = `Go ${GO_NEEDED.major}.${GO_NEEDED.minor}`
  return {
    problem: `${path} is ${version.name}, and building ${what} needs ${needed}`,
    version: version.name,
  }
}

/** Reads `go version go1.26.8 linux/amd64`. */
export function parseGoVersion(stdout: string): GoVersion | undefined {
  const [name, major, minor] = /\bgo(\d+)\.(\d+)[^\s-]*/.exec(stdout) ?? []
  return name ? { name, major: Number(major), minor: Number(minor) } : undefined
}

interface GoVersion {
  name: string
  major: number
  minor: number
}

function isEnough({ major, minor }: GoVersion): boolean {
  return major > GO_NEEDED.major || (major === GO_NEEDED.major && minor >= GO_NEEDED.minor)
}
