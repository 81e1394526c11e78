import { type Finding, finding, required } from './finding.ts'

/** Node, in the version that package.json asks for. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return finding('node', `v${version}`)
  return finding('node', `v${version}`, required('Install Node 20.19 or newer: https://nodejs.org'))
}
