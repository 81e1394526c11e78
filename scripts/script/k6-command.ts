import { dirname } from 'node:path'
import { type K6Part, partArguments } from '../k6/k6-arguments.ts'
import type { InstanceFiles } from '../run-folder/run-folder.ts'
import { recording } from '../samples/record.ts'
import { flagWords, type ScriptRun } from './script-run.ts'

export interface CommandParts {
  files: InstanceFiles
  part: K6Part | undefined
  outputs: readonly string[]
}

/**
 * Arguments of `k6 run` for a script of the user's own: the user's flags, and what the verdict needs. The log goes to
 * the error output unless the user has said otherwise, and the progress is not hidden: it counts interrupted iterations.
 */
export function scriptArgumentsOf(
  script: ScriptRun,
  { files, part, outputs }: CommandParts,
): string[] {
  const { systemTags, path } = script
  return [
    'run',
    '--no-color',
    '--log-format=text',
    `--summary-export=${files.summary}`,
    ...outputs.flatMap((output) => ['--out', output]),
    ...(systemTags ? [`--system-tags=${systemTags.join(',')}`] : []),
    ...flagWords(script),
    ...(part ? partArguments(part) : []),
    path,
  ]
}

/** Whether k6 would split it in an output. */
const isAmbiguous = (csv: string): boolean => /[,=]/.test(dirname(csv))

/** The recording as an output, beside CSV files of the user's own: variables would be theirs too. */
export function recordingOutput(csv: string): string {
  const { output, env } = recording(csv)
  if (isAmbiguous(csv)) return output
  const { K6_CSV_FILENAME: name, K6_CSV_TIME_FORMAT: time, K6_CSV_SAVE_INTERVAL: interval } = env
  return `${output}=fileName=${name},saveInterval=${interval},timeFormat=${time}`
}

/** Where the path cannot stand in an argument. */
export function recordingVariables(csv: string): Record<string, string> {
  return isAmbiguous(csv) ? recording(csv).env : {}
}
