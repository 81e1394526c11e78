import type { FoundK6 } from '../k6/find-k6.ts'
import type { LoadEdit } from './edit-load.ts'
import { planScript, type PlannedScript } from './plan-script.ts'
import { prepareScript, type PreparedScript } from './prepare-script.ts'
import { requireOwner } from './require-owner.ts'
import type { ScriptArguments } from './script-arguments.ts'
import { userPath } from './typed-path.ts'

export interface ReadyInput {
  k6: FoundK6
  parts: ScriptArguments
  /** How its load is to be another one, its SLA file, whether its user owns what it calls, and the cloud sees it. */
  options: LoadEdit & { sla?: string; iOwnThisTarget: boolean; cloud: boolean }
  /** A folder for the archive. */
  temporary: string
  stop: AbortSignal
}

/** A script that k6 has read, and that may run. */
export interface ReadyScript {
  prepared: PreparedScript
  planned: PlannedScript
}

/**
 * Lets k6 read a script and makes its plan.
 *
 * @throws ToolkitError where k6 refuses it, its SLA file has problems, or its load needs the owner's word
 */
export async function readyScript(input: ReadyInput): Promise<ReadyScript> {
  const { k6, parts, options, temporary, stop } = input
  const { script, flags } = parts
  const edited = { parts, edit: options, isSeenInCloud: options.cloud }
  const prepared = await prepareScript({ ...edited, k6: k6.path, temporary, stop })
  const sla = options.sla === undefined ? undefined : userPath(options.sla, process.env)
  const { options: plain } = prepared.metadata
  const planned = await planScript({ script, options: plain, flags, env: process.env, sla })
  requireOwner({
    plan: planned.evaluated.plan,
    scenarios: planned.scenarios,
    isConfirmed: options.iOwnThisTarget,
  })
  return { prepared, planned }
}
