import { ToolkitError } from '../errors.ts'
import { findK6, type FoundK6 } from '../k6/find-k6.ts'
import { k6Context } from '../k6/k6-context.ts'
import { endProgress, progress, say } from '../report/console.ts'
import { type Bundle, bundleScenario, type BundleRequest } from './bundle.ts'
import { openTarget, type OpenTarget } from './open-target.ts'
import type { Targets } from './target.ts'

export interface StartInput {
  request: BundleRequest
  targets: Targets
  stop: AbortSignal
}

/** The three things that k6 needs, ready at the same time. */
export interface Started {
  k6: FoundK6
  target: OpenTarget
  bundle: Bundle
}

/**
 * Finds k6, opens the target and bundles the script side by side. Where one fails, nothing is left
 * running.
 *
 * @throws ToolkitError, that of k6 first
 */
export async function startTogether({ request, targets, stop }: StartInput): Promise<Started> {
  const [k6, target, bundle] = await Promise.allSettled([
    findK6(k6Context({ env: process.env, say, progress, signal: stop })),
    openTarget(targets),
    bundleScenario(request),
  ])
  endProgress()
  const isWhole = [k6, target, bundle].every(({ status }) => status === 'fulfilled')
  if (target.status === 'fulfilled' && (!isWhole || stop.aborted)) await target.value.close()
  const started = { k6: valueOf(k6), target: valueOf(target), bundle: valueOf(bundle) }
  if (stop.aborted) throw interrupted()
  return started
}

function valueOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'fulfilled') return result.value
  throw result.reason
}

/** Ctrl+C while things were made ready. */
export function interrupted(): ToolkitError {
  return new ToolkitError({
    code: 'K6V_INTERRUPTED',
    message: 'Stopped before the first request',
    hint: 'Nothing was sent and nothing is left running.',
    exitCode: 105,
  })
}
