import type { SearchPath } from '../k6/executable-on-path.ts'
import { findGo } from '../k6/go-toolchain.ts'
import { type Finding, finding, optional } from './finding.ts'

/** Go, which builds k6 where no release can be downloaded. */
export async function checkGo(search: SearchPath): Promise<Finding> {
  const go = await findGo(search)
  if (!('problem' in go)) return finding('go', `${go.version}: ${go.path}`)
  const advice = 'Only needed to build k6 from source: Go 1.26 from https://go.dev/dl/'
  return finding('go', go.version ?? 'none', optional(advice))
}
