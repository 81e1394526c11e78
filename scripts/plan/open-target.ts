import { count } from '../core/format-measure.ts'
import type { RunPlan } from '../../lib/plan.ts'
import { requireBrowser } from './browser.ts'
import { type Reaching, requireAnswers } from './disk-space.ts'
import { startSandbox } from './sandbox-process.ts'
import { type Targets, targetUrls } from './target.ts'

/** Something that answers, and how to leave it. */
export interface OpenTarget {
  targets: Targets
  /** What is loaded in the end, where `targets` are proxies in front of it. */
  behind?: Targets
  /** Delay of each answer, by region. */
  regionLatency?: Record<string, { latencyMs: number; jitterMs: number }>
  isSandbox: boolean
  /** Processes that belong to it: the sandbox, and the proxies. */
  pids: readonly number[]
  close: () => Promise<void>
}

/**
 * Makes sure there is a target: the user's own, which must answer, or else a fresh sandbox that serves the workload.
 *
 * @throws ToolkitError when the target does not answer, the sandbox does not start, or there is no browser to drive
 */
export async function openTarget(
  targets: Targets,
  workload: string,
  reaching: Reaching,
): Promise<OpenTarget> {
  await requireBrowser(reaching.options, process.env)
  const urls = targetUrls(targets)
  if (urls.length > 0) {
    await requireAnswers(urls, reaching)
    return { targets, isSandbox: false, pids: [], close: () => Promise.resolve() }
  }
  const sandbox = await startSandbox({ systems: [workload] })
  return {
    targets: { base: sandbox.url, byRegion: {} },
    isSandbox: true,
    pids: [sandbox.pid],
    close: sandbox.stop,
  }
}

/** `1,000 users (closed model)`: what is about to be sent. */
export function describeLoad({ model, target, iterationsPerUser }: RunPlan): string {
  if (model === 'open') return `${target} iterations/s (open model)`
  if (iterationsPerUser !== undefined) {
    return `${count(target, 'user')}, ${count(iterationsPerUser, 'iteration')} each`
  }
  if (model === 'once') return 'one user, every operation once'
  return `${count(target, 'user')} (closed model)`
}
