import type { SearchPath } from '../k6/executable-on-path.ts'
import { observabilityMissing } from './errors.ts'
import { type Binaries, findBinaries } from './find-binaries.ts'
import { type Docker, findDocker } from './find-docker.ts'

export type Way = { docker: Docker } | { binaries: Binaries }

/**
 * How to bring the servers up here: by Docker, which has all three, or else by what is installed.
 *
 * @throws ToolkitError that says what is missing of each way
 */
export async function chooseWay(
  wanted: 'docker' | 'binaries' | undefined,
  search: SearchPath,
): Promise<Way> {
  const missing: string[] = []
  if (wanted !== 'binaries') {
    const docker = await findDocker(search)
    if (!('missing' in docker)) return { docker }
    missing.push(docker.missing)
  }
  if (wanted !== 'docker') {
    const binaries = await findBinaries(search)
    if (!('missing' in binaries)) return { binaries }
    missing.push(...binaries.missing)
  }
  throw observabilityMissing(missing)
}
