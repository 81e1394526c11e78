import { count, number } from '../core/format-measure.ts'
import type { RunPlan, ScenarioLoad } from '../../lib/plan.ts'
import { ToolkitError } from '../core/errors.ts'
import { say } from '../core/console.ts'
import { requireDiskSpace } from '../plan/disk-space.ts'
import { scriptText } from './typed-path.ts'

/** `checkout.js: 10 users, 30 s`: what is about to be sent. */
export function scriptHeadline(typed: string, plan: RunPlan): string {
  const { script = [], durationSeconds } = plan
  const isCounted = script.every(({ model }) => model === 'once')
  const seconds = `${isCounted ? 'at most ' : ''}${number(Math.round(durationSeconds))} s`
  return `${scriptText(typed)}: ${script.map(loadText).join(', ')}; ${seconds}`
}

function loadText({ name, model, target, iterations }: ScenarioLoad): string {
  const what = name === 'default' ? '' : `${name} `
  if (model === 'open') return `${what}${number(Math.round(target * 10) / 10)} iterations/s`
  const users = count(target, 'user')
  if (model === 'closed' || iterations === undefined) return `${what}${users}`
  return `${what}${count(iterations, 'iteration')} by ${users}`
}

/** What a script sends is not known, so that too little room is no error yet. */
export async function noteLowDisk(plan: RunPlan, folder: string): Promise<void> {
  await requireDiskSpace(plan, folder).catch((error: unknown) => {
    if (!(error instanceof ToolkitError) || error.code !== 'K6V_DISK_TOO_SMALL') throw error
    say(`! the disk may be too small for all samples: ${error.message}`)
  })
}
