// Pure: read by k6 and by Node. Endpoints on other hosts than the target's; in a bundle only the VUs of a workload that
// has some have it (esbuild.late.mjs).
import { addressOf } from './address.ts'

/** An http(s) URL in two parts; undefined where it is none. */
export const originAndPath = (target: string): { origin: string; path: string } | undefined => {
  const address = addressOf(target)
  return address && { origin: address.origin, path: address.url.slice(address.origin.length) }
}
