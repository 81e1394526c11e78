import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type CloudOptions,
  cloudOptionsOf,
  refuseLocalOptions,
} from '../../options/cloud-options.ts'
import { wrongUsage } from '../../core/usage-errors.ts'
import { refuseDivided } from '../../options/not-with-script.ts'
import type { RunScriptOptions } from '../../options/run-script-options.ts'
import { say } from '../../core/console.ts'
import { listenForInterrupts } from '../../core/interrupts.ts'
import { readyK6 } from '../../k6/k6-context.ts'
import { newRunId, requireResultsFolder, runFolder } from '../../run-folder/run-folder.ts'
import { notWithScript } from '../../script/errors.ts'
import type { PreparedScript } from '../../script/prepare-script.ts'
import { readyScript } from '../../script/ready-script.ts'
import type { ScriptArguments } from '../../script/script-arguments.ts'
import { scriptHeadline } from '../../script/script-notes.ts'
import { setOptions } from '../../plan/k6-options.ts'
import { type CloudRequest, cloudRequest, deadlineMsOf } from './cloud-request.ts'
import { executeInCloud } from './execute-in-cloud.ts'
import { reportCloud } from './report-cloud.ts'

/** Has load zones run the archive of a k6 script of the user's own, and judges it by what the cloud says. */
export async function runScriptInCloud(
  parts: ScriptArguments,
  options: RunScriptOptions,
): Promise<number> {
  refuseHere(parts, options)
  const startedAt = new Date()
  const temporary = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const { stop, kill, close } = listenForInterrupts()
  try {
    const k6 = await readyK6(stop)
    const { prepared, planned } = await readyScript({ k6, parts, options, temporary, stop })
    const { script, metadata } = prepared
    refuseLocalOptions({ ...options, out: script.outputs })
    refuseDivided(metadata.options.executionSegment, '--cloud')
    const request = scriptRequest(prepared, options)
    const { plan } = planned.evaluated
    const folder = runFolder(newRunId(planned.settings.scenario, startedAt), process.env)
    await requireResultsFolder(folder.path)
    say(`${scriptHeadline(parts.script, plan)}, in Grafana Cloud k6`)
    const deadlineMs = deadlineMsOf(options, plan)
    const targets = { byRegion: {} }
    const input = { folder, planned, script, k6, targets, startedAt, request, deadlineMs }
    const executed = await executeInCloud({ ...input, stop, kill })
    return await reportCloud({ folder, planned, executed, strict: options.strict })
  } finally {
    close()
    await rm(temporary, { recursive: true, force: true })
  }
}

/** The project, the stack and the name: of the options, else of the script itself, else of the environment. */
export function scriptRequest(
  { metadata, script }: PreparedScript,
  options: CloudOptions,
): CloudRequest {
  const { cloud = {} } = setOptions(metadata.options) as { cloud?: OwnCloud }
  const given = cloudOptionsOf(options)
  const cloudProject = given.cloudProject ?? cloud.projectID
  const cloudStack = given.cloudStack ?? cloud.stackID
  const usualName = cloud.name ?? script.typed
  return cloudRequest(
    {
      ...given,
      usualName,
      ...(cloudProject !== undefined && { cloudProject }),
      ...(cloudStack !== undefined && { cloudStack }),
    },
    process.env,
  )
}

interface OwnCloud {
  name?: string
  projectID?: number
  stackID?: number
}

function refuseHere({ flags }: ScriptArguments, options: RunScriptOptions): void {
  refuseLocalOptions(options)
  if (options.sla !== undefined) {
    throw notWithScript('--sla with --cloud', {
      why: 'load zones send no samples, so only thresholds of the script can be judged',
      instead: 'Write them into the script, or let k6 run here: --cloud --local-execution.',
    })
  }
  const all = flags.find(({ name, value }) => {
    return name === 'include-system-env-vars' && value !== 'false'
  })
  if (all) throw wrongUsage(`${ALL_VARIABLES} cannot be combined with --cloud: ${TOKEN_TOO}`)
}

const ALL_VARIABLES = '--include-system-env-vars'
const TOKEN_TOO = 'the token would be among what is uploaded; give single variables by -e'
