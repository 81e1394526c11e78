import { addressOf, isAllowed } from '../../lib/address.ts'
import { BlockList, isIP } from 'node:net'
import { readFileSync } from 'node:fs'
import type { LoadModel } from '../../lib/plan.ts'
import { regionVariable } from '../../lib/region-variable.ts'
import { projectPath } from '../core/project.ts'
import { configUnusable, targetNotAllowed, targetUnusable } from './errors.ts'

/** Base URLs of the API under test: one for all, and one for each region that has its own. */
export interface Targets {
  base?: string
  byRegion: Record<string, string>
}

const CONFIG_FILE = projectPath('k6-verdict.config.json')

/** Above this the owner of the target must have said yes (design: safety). */
const SMALL_LOAD = 50

/**
 * Reads `--target` values: `<url>` or `<region>=<url>`.
 *
 * @throws ToolkitError for anything that is no http(s) URL without credentials
 */
export function parseTargets(values: readonly string[], regions: readonly string[]): Targets {
  const targets: Targets = { byRegion: {} }
  for (const value of values) {
    const [, region, url = value] = /^([\w-]+)=(.*)$/.exec(value) ?? []
    if (region === undefined) targets.base = checkedUrl(url)
    else if (regions.includes(region)) targets.byRegion[region] = checkedUrl(url)
    else {
      const known =
        regions.length === 0 ? 'a URL (this scenario has no regions)' : regions.join(', ')
      throw targetUnusable(shownUrl(value), known)
    }
  }
  const homeless = regions.find((region) => targets.byRegion[region] === undefined)
  if (values.length > 0 && targets.base === undefined && homeless !== undefined) {
    throw targetUnusable(
      values.map(shownUrl).join(', '),
      `given for every region (${homeless} has none)`,
    )
  }
  return targets
}

/** What a script finds as its target before its regions are known. */
export function baseTarget(values: readonly string[]): Record<string, string> {
  const base = values.find((value) => URL.canParse(value))
  return base === undefined ? {} : { BASE_URL: base.replace(/\/+$/, '') }
}

/** Every distinct URL that will be sent requests. */
export function targetUrls({ base, byRegion }: Targets): string[] {
  return [...new Set([...(base === undefined ? [] : [base]), ...Object.values(byRegion)])]
}

/** Environment variables that tell a bundle its targets, and where else a redirect may lead. */
export function targetEnvironment(
  targets: Targets,
  configFile: string = CONFIG_FILE,
): Record<string, string> {
  const { base, byRegion } = targets
  const regional = Object.entries(byRegion).map(([region, url]) => {
    return [regionVariable(region), url] as const
  })
  return {
    ...(base !== undefined && { BASE_URL: base }),
    ...Object.fromEntries(regional),
    ...redirectEnvironment(targets, configFile),
  }
}

/** Of another region's target, too: all of them were named, and all of them may be loaded. */
export function redirectEnvironment(
  targets: Targets,
  configFile: string = CONFIG_FILE,
): Record<string, string> {
  const origins = targetUrls(targets).map((url) => new URL(url).origin)
  const allowed = [...new Set([...origins, ...allowedTargets(configFile)])]
  return allowed.length === 0 ? {} : { ALLOWED_TARGETS: allowed.join(',') }
}

export interface PlannedLoad {
  model: LoadModel
  /** Users, or iterations per second in the open model. */
  target: number
  /** The user said `--i-own-this-target`. */
  confirmed: boolean
}

/**
 * Refuses more than a small load on anything but loopback, unless its owner allowed it.
 *
 * @throws ToolkitError naming the host and both ways to allow it
 */
export function requirePermission(
  targets: Targets,
  load: PlannedLoad,
  configFile: string = CONFIG_FILE,
): void {
  // Redirects need it later, whatever the load.
  const allowed = allowedTargets(configFile)
  if (load.target <= SMALL_LOAD || load.confirmed) return
  const unit = load.model === 'open' ? 'iterations/s' : 'users'
  for (const url of targetUrls(targets)) {
    const { host, hostname, href } = new URL(url)
    const address = addressOf(href)
    if (isLoopback(hostname) || (address && isAllowed(address, allowed))) continue
    throw targetNotAllowed(host, `${load.target} ${unit}`)
  }
}

/** Whether a host can only be this machine. Other names are not looked up: DNS may change its mind. */
export function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  if (address === 'localhost') return true
  const version = isIP(address)
  return version !== 0 && LOOPBACK.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw targetUnusable(shownUrl(text), 'an http:// or https:// URL')
  }
  if (url.username !== '' || url.password !== '') {
    throw targetUnusable(shownUrl(text), 'a URL without a name and a password')
  }
  // The paths of endpoints are put behind it.
  if (/[?#]/.test(text)) {
    throw targetUnusable(shownUrl(text), 'a URL without a query and a fragment')
  }
  // What cannot be compared with where a redirect leads.
  if (!addressOf(url.href)) {
    throw targetUnusable(shownUrl(text), 'a URL with a plain host name and a port from 1 to 65535')
  }
  return url.href.replace(/\/+$/, '')
}

/** As it may be shown: what stands before an @ or behind a ? may be a secret. */
function shownUrl(text: string): string {
  return text.replace(/[?#].*$/s, '').replace(/^([a-z][a-z\d+.-]*:)?[\\/]*.*@/is, '$1//***@')
}

function allowedTargets(configFile: string): string[] {
  const config = readConfig(configFile)
  if (config === undefined) return []
  const { allowedTargets: allowed = [] } = config
  const hosts = Array.isArray(allowed) ? allowed.map(placeOf) : [undefined]
  if (hosts.every((host) => host !== undefined)) return hosts
  throw configUnusable(
    'expected "allowedTargets" to be a list of host names, such as "api.example.com:8443"',
  )
}

// As a URL writes it: in small letters, with an internationalised name in ASCII. With a scheme it is that origin alone.
function placeOf(entry: unknown): string | undefined {
  if (typeof entry !== 'string') return undefined
  if (entry.includes('://')) return plainUrl(entry)?.origin
  // A URL leaves out the usual port of its scheme, which an entry without a scheme does not have.
  const hosts = ['http', 'https'].flatMap((scheme) => plainUrl(`${scheme}://${entry}`)?.host ?? [])
  return hosts.sort((one, other) => other.length - one.length)[0]
}

// A pattern such as *.example.com would match nothing.
function plainUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url && addressOf(url.href) ? url : undefined
}

function readConfig(path: string): { allowedTargets?: unknown } | undefined {
  try {
    // Takes a byte order mark away, and refuses what is no UTF-8.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    const config: unknown = JSON.parse(text)
    if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config
    throw new Error('expected an object')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw configUnusable(error instanceof Error ? error.message : 'no JSON')
  }
}
