import { join } from 'node:path'
import { type ArchivedScript, archiveScript, type ScriptMetadata } from './archive-script.ts'
import { editArchive } from './edit-archive.ts'
import { editedLoad, isEdit, type LoadEdit } from './edit-load.ts'
import { scenariosOf, setOptions } from '../plan/k6-options.ts'
import type { ScriptArguments } from './script-arguments.ts'
import { apiPort, type ScriptRun, withoutEvidence } from './script-run.ts'
import { readStandardInput, STANDARD_INPUT, userFolder } from './typed-path.ts'
import { systemTags } from './system-tags.ts'
import { userEnvironment } from './k6-command.ts'
import { userOutputs } from './user-outputs.ts'

export interface PrepareInput {
  k6: string
  parts: ScriptArguments
  /** How the load is to be another one. */
  edit: LoadEdit
  /** The cloud gets its samples too, and asks for all of their tags. */
  isSeenInCloud: boolean
  /** A folder for the archive. */
  temporary: string
  stop: AbortSignal
}

export interface PreparedScript {
  script: ScriptRun
  metadata: ScriptMetadata
}

// A smoke test tells whether it works, and nothing that a threshold asks for.
async function editedMetadata(
  { edit }: PrepareInput,
  { path, metadata }: ArchivedScript,
): Promise<ScriptMetadata> {
  if (!isEdit(edit)) return metadata
  return editArchive(path, ({ options: raw, ...rest }) => {
    const scenarios = editedLoad(scenariosOf(setOptions(raw)), edit)
    const none = { vus: null, iterations: null, duration: null, stages: null }
    const thresholds = edit.smoke ? { thresholds: null } : {}
    return { ...rest, options: { ...raw, ...none, ...thresholds, scenarios: scenarios as never } }
  })
}

/**
 * Lets k6 read a script, with the user's flags and environment, from where the user is.
 *
 * @throws ToolkitError where k6 itself refuses it
 */
export async function prepareScript(input: PrepareInput): Promise<PreparedScript> {
  const { k6, parts, temporary, stop } = input
  const { script: typed, flags } = parts
  const folder = userFolder(process.env)
  const env = userEnvironment(process.env, { instances: 1, cpus: 1 })
  const path = join(temporary, 'script.tar')
  const isRead = typed === STANDARD_INPUT
  const text = isRead ? await readStandardInput() : undefined
  const from = { script: typed, input: text, folder }
  const archive = await archiveScript({ ...from, k6, flags, env, path, stop })
  const metadata = await editedMetadata(input, archive)
  const isEdited = isEdit(input.edit)
  const port = apiPort(flags, process.env)
  const outputs = userOutputs(flags, process.env)
  const hasOutputs = input.isSeenInCloud || outputs.length > 0
  const tags = systemTags({ options: setOptions(metadata.options), hasOutputs })
  return {
    metadata,
    script: {
      ...{ typed, folder, flags, outputs },
      ...withoutEvidence(flags, process.env),
      ...(port !== undefined && { apiPort: port }),
      path: isEdited || isRead ? path : typed,
      archive: path,
      isArchive: isEdited || isRead,
      isEdited,
      ...(tags && { systemTags: tags }),
    },
  }
}
