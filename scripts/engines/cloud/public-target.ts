import { BlockList, isIP } from 'node:net'
import { isLoopback, type Targets, targetUrls } from '../../plan/target.ts'
import { cloudTargetUnreachable } from './errors.ts'

/** Networks whose addresses mean something else to each machine (RFC 1918, 4193, 6598, 3927, 4291). */
const PRIVATE = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4')
}
PRIVATE.addSubnet('fc00::', 7, 'ipv6')
PRIVATE.addSubnet('fe80::', 10, 'ipv6')

/** Endings that no public name has (RFC 6761, 6762, ICANN). */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|lan|home\.arpa)$/

/**
 * Refuses targets that load zones in the internet cannot reach: the sandbox, this machine, its network.
 * Names are not looked up. An API of the cloud on this machine can only be a test's: it may be sent all.
 *
 * @throws ToolkitError naming the target
 */
export function requirePublicTargets(targets: Targets, env: NodeJS.ProcessEnv): void {
  const urls = targetUrls(targets)
  if (urls.length === 0) throw cloudTargetUnreachable('none, and the sandbox is on this machine')
  if (isStubbed(env)) return
  const hidden = urls.find((url) => !isPublic(new URL(url).hostname))
  if (hidden !== undefined) throw cloudTargetUnreachable(hidden)
}

function isStubbed({ K6_CLOUD_HOST_V6: host = '' }: NodeJS.ProcessEnv): boolean {
  return URL.canParse(host) && isLoopback(new URL(host).hostname)
}

function isPublic(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  const version = isIP(address)
  if (isLoopback(address)) return false
  if (version !== 0) return !PRIVATE.check(address, version === 6 ? 'ipv6' : 'ipv4')
  const name = address.replace(/\.$/, '')
  return name.includes('.') && !PRIVATE_NAME.test(name)
}
