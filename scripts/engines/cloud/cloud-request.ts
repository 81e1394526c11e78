import type { CloudSettings } from '../../../lib/run-settings.ts'
import type { CloudOptions } from '../../options/cloud-options.ts'
import { cloudSettingMissing } from './errors.ts'
import { parseDuration } from '../../../lib/duration.ts'
import type { RunPlan } from '../../../lib/plan.ts'
import { readFile } from 'node:fs/promises'
import { writeWhole } from '../../core/write-whole.ts'

/** What is needed to speak to Grafana Cloud k6. */
export interface CloudRequest {
  /** A secret: it is given to k6 and to the API, and kept nowhere. */
  token: string
  settings: CloudSettings & Required<Pick<CloudSettings, 'projectID' | 'stackID'>>
}

/** What was typed, and the name that a run has where none was. */
export type RequestedCloud = Pick<
  CloudOptions,
  'cloudName' | 'cloudProject' | 'cloudStack' | 'localExecution'
> & { usualName: string }

/**
 * Takes the token from the environment, and the rest from the options or else from the environment.
 *
 * @throws ToolkitError for the first of them that is missing
 */
export function cloudRequest(wanted: RequestedCloud, env: NodeJS.ProcessEnv): CloudRequest {
  const { cloudName, cloudProject, cloudStack, localExecution, usualName } = wanted
  const token = env['K6_CLOUD_TOKEN']
  if (!token) {
    throw cloudSettingMissing(
      'a token of Grafana Cloud k6 in K6_CLOUD_TOKEN',
      'Make one in Grafana: Testing & synthetics > Performance > Settings > Access. It is never an ' +
        'option, so that it stands in no history of commands.',
    )
  }
  const stackID = cloudStack ?? numberOf(env['K6_CLOUD_STACK_ID'])
  if (stackID === undefined) {
    throw cloudSettingMissing(
      'the number of a stack',
      'Set K6_CLOUD_STACK_ID or add --cloud-stack; it stands beside the token in Grafana.',
    )
  }
  const projectID = cloudProject ?? numberOf(env['K6_CLOUD_PROJECT_ID'])
  if (projectID === undefined) {
    throw cloudSettingMissing(
      'the number of a project',
      'Set K6_CLOUD_PROJECT_ID or add --cloud-project; it stands in the address of the project.',
    )
  }
  const execution = localExecution ? 'local' : 'cloud'
  return { token, settings: { name: cloudName ?? usualName, projectID, stackID, execution } }
}

function numberOf(text: string | undefined): number | undefined {
  const value = Number(text)
  return Number.isInteger(value) && value >= 1 ? value : undefined
}

/** The settings that k6 gets; its environment would win over the script's options. */
export function cloudVariables({ token, settings }: CloudRequest): Record<string, string> {
  const { name, projectID, stackID } = settings
  return {
    K6_CLOUD_TOKEN: token,
    K6_CLOUD_NAME: name,
    K6_CLOUD_PROJECT_ID: String(projectID),
    K6_CLOUD_STACK_ID: String(stackID),
  }
}

/** Waiting in the queue, starting load generators, and what the cloud does with the metrics at the end. */
const SLACK_MS = 15 * 60_000

/** When a run that does not end is aborted. */
export function deadlineMsOf(
  { cloudDeadline }: { cloudDeadline?: string },
  { durationSeconds }: Pick<RunPlan, 'durationSeconds'>,
): number {
  if (cloudDeadline !== undefined) return parseDuration(cloudDeadline) * 1_000
  return durationSeconds * 1_000 + SLACK_MS
}

const HIDDEN = '***'

/** Takes the token out of a file that is kept: a server may repeat in an error what it was sent. */
export async function hideToken(path: string, token: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text?.includes(token)) await writeWhole(path, text.replaceAll(token, HIDDEN))
}
