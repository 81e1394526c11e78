import { executableOnPath, type SearchPath } from '../k6/executable-on-path.ts'
import { installedBrowser } from '../k6/installed-browser.ts'
import { type Finding, finding, optional, required } from './finding.ts'

interface Program {
  /** The first is what it is called here. */
  names: string[]
  purpose: string
  /** How to install it, by Debian and Homebrew package name. */
  apt: string
  brew: string
}

/** A browser, where k6 looks for one. */
export async function checkChromium(search: SearchPath): Promise<Finding> {
  const names = ['chromium', 'google-chrome']
  const purpose = 'Only needed for workloads that drive a browser, and for PDFs'
  const program = { names, purpose, apt: 'chromium', brew: '--cask chromium' }
  return findingOf(program, { path: await installedBrowser(search), platform: search.platform })
}

/** promtool, which comes with Prometheus. */
export async function checkPromtool(search: SearchPath): Promise<Finding> {
  const purpose = 'Only needed to test the alert rules'
  const program = { names: ['promtool'], purpose, apt: 'prometheus', brew: 'prometheus' }
  const path = await executableOnPath('promtool', search)
  return findingOf(program, { path, platform: search.platform })
}

function findingOf(
  program: Program,
  { path, platform }: { path: string | undefined; platform: NodeJS.Platform },
): Finding {
  const [name = ''] = program.names
  if (path !== undefined) return finding(name, path)
  return finding(name, 'none', optional(`${program.purpose}: ${installCommand(program, platform)}`))
}

function installCommand({ names, apt, brew }: Program, platform: NodeJS.Platform): string {
  if (platform === 'linux') return `sudo apt-get install ${apt} (or your distribution's package)`
  if (platform === 'darwin') return `brew install ${brew}`
  return `install it and put ${names.join(' or ')} on PATH`
}

/** Node, in the version that package.json asks for. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return finding('node', `v${version}`)
  return finding('node', `v${version}`, required('Install Node 20.19 or newer: https://nodejs.org'))
}
