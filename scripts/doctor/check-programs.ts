import { executableOnPath, type SearchPath } from '../k6/executable-on-path.ts'
import { type Finding, finding, optional } from './finding.ts'

interface Program {
  /** Tried in this order. */
  names: string[]
  purpose: string
  /** How to install it, by Debian and Homebrew package name. */
  apt: string
  brew: string
}

/** A browser, under any of its usual names. */
export function checkChromium(search: SearchPath): Promise<Finding> {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const purpose = 'Only needed for workloads that drive a browser, and for PDFs'
  return checkProgram({ names, purpose, apt: 'chromium', brew: '--cask chromium' }, search)
}

/** promtool, which comes with Prometheus. */
export function checkPromtool(search: SearchPath): Promise<Finding> {
  const purpose = 'Only needed to test the alert rules'
  return checkProgram(
    { names: ['promtool'], purpose, apt: 'prometheus', brew: 'prometheus' },
    search,
  )
}

async function checkProgram(program: Program, search: SearchPath): Promise<Finding> {
  const { names, purpose } = program
  const [name = ''] = names
  for (const candidate of names) {
    const path = await executableOnPath(candidate, search)
    if (path !== undefined) return finding(name, path)
  }
  return finding(name, 'none', optional(`${purpose}: ${installCommand(program, search.platform)}`))
}

function installCommand({ names, apt, brew }: Program, platform: NodeJS.Platform): string {
  if (platform === 'linux') return `sudo apt-get install ${apt} (or your distribution's package)`
  if (platform === 'darwin') return `brew install ${brew}`
  return `install it and put ${names.join(' or ')} on PATH`
}
