import { DIRECT, networkText } from '../run-folder/network.ts'
import { count } from '../core/format-measure.ts'
import { plannedIterations } from '../plan/scenario-load.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * The load and the target of a run in words: `peak, 100 users, 40 s, time scale 0.1, sandbox`. Runs are
 * comparable when this, the scenario and the workload are the same. Seed, versions and machine are left
 * out: what they change is what a history is to show.
 */
export function setupText(run: VerdictFile['run']): string {
  const { plan, settings, target } = run
  const network = networkText(run)
  const { profile, mix, model, target: load } = plan
  const kind = model === 'open' ? 'iterations/s' : load === 1 ? 'user' : 'users'
  return [
    ...(profile === undefined ? [] : [profile]),
    ...(mix === undefined ? [] : [mix]),
    `${load} ${kind}`,
    lengthText(plan),
    ...(settings.timeScale === 1 ? [] : [`time scale ${settings.timeScale}`]),
    target.sandbox ? 'sandbox' : placesOf(target).join(' and '),
    ...(network === DIRECT ? [] : [network]),
  ].join(', ')
}

// The time of counted iterations is only the longest allowed.
function lengthText(plan: VerdictFile['run']['plan']): string {
  const counted = plannedIterations(plan)
  return counted === undefined
    ? `${Math.round(plan.durationSeconds)} s`
    : count(counted, 'iteration')
}

// A local server has another port each time, and is the same target.
function placesOf({ base, byRegion }: VerdictFile['run']['target']): string[] {
  const urls = [...(base === undefined ? [] : [base]), ...Object.values(byRegion)]
  return [...new Set(urls.map(placeOf))].sort()
}

function placeOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) return text
  return LOOPBACK.includes(url.hostname) ? 'this machine' : url.host
}
