import { join } from 'node:path'
import type { PlannedInstance } from '../../segments/instance-plan.ts'
import { holdsSecret } from '../../core/mask-secrets.ts'
import { dashboardEnvironment, k6Arguments } from '../../k6/k6-arguments.ts'
import { k6Environment, usableMemoryBytes } from '../../k6/environment.ts'
import { projectPath } from '../../core/project.ts'
import { recording } from '../../samples/csv-source.ts'
import {
  recordingOutput,
  recordingVariables,
  scriptArgumentsOf,
  userEnvironment,
} from '../../script/k6-command.ts'
import type { ExecuteInput } from './executed-run.ts'
import { browserVariables } from '../../plan/browser.ts'
import { usableCpus } from '../../generator/machine-look.ts'
import { targetEnvironment } from '../../plan/target.ts'

/** The arguments of one k6 of a run. */
export function argumentsOf(input: ExecuteInput, { files, part }: PlannedInstance): string[] {
  const { script } = input
  if (script) {
    const outputs = isOutputSecret(input) ? [] : outputsOf(input, files)
    return scriptArgumentsOf(script, { files, part, outputs })
  }
  return k6Arguments({
    script: input.folder.script,
    summaryPath: files.summary,
    outputs: isOutputSecret(input) ? [] : outputsOf(input, files),
    ...(part && { part }),
  })
}

function outputsOf(
  { stream, outputs, cloud, script }: ExecuteInput,
  { recorded }: PlannedInstance['files'],
): string[] {
  return [
    script ? recordingOutput(recorded) : recording(recorded).output,
    ...(stream ? [stream.k6.output] : []),
    ...outputs,
    ...(cloud ? [cloud.output] : []),
  ]
}

// Then k6 gets all outputs by its environment: everybody on this machine can read a process's arguments.
function isOutputSecret({ outputs }: ExecuteInput): boolean {
  return outputs.some(holdsSecret)
}

/** The environment of one k6 of a run. */
export function environmentOf(
  input: ExecuteInput,
  { name, port, files }: PlannedInstance,
): NodeJS.ProcessEnv {
  const { folder, planned, target, webDashboard, stream, division, cloud } = input
  const { maxMemoryBytes = Infinity, networkEnv, script } = input
  const instances = division?.instances ?? 1
  const shared = { instances, cpus: usableCpus() }
  return {
    ...(script
      ? userEnvironment(process.env, { maxMemoryBytes, isArchive: script.isArchive, ...shared })
      : k6Environment({
          env: process.env,
          totalMemoryBytes: Math.min(usableMemoryBytes(), maxMemoryBytes),
          ...shared,
          // The user's own k6 configuration must not change what a run means.
          configFile: stream?.k6.configFile ?? projectPath('scripts', 'k6', 'empty-config.json'),
        })),
    // A line in its log for each garbage collection: a slow second can be explained by one.
    GODEBUG: [process.env['GODEBUG'], 'gctrace=1'].filter(Boolean).join(','),
    ...networkEnv,
    ...(script
      ? {}
      : browserVariables(planned.evaluated.options, {
          env: process.env,
          screenshots: join(folder.path, 'screenshots'),
        })),
    ...stream?.k6.env,
    ...cloud?.env,
    ...(script ? {} : targetEnvironment(target.targets)),
    ...(script ? recordingVariables(files.recorded) : recording(files.recorded).env),
    ...(isOutputSecret(input) && { K6_OUT: outputsOf(input, files).join(',') }),
    ...(name !== undefined && { K6V_INSTANCE: name }),
    // By the environment, a port that is taken in between costs the generator's figures, not the run.
    K6_ADDRESS: script?.apiPort === undefined ? `127.0.0.1:${port}` : process.env['K6_ADDRESS'],
    ...(webDashboard &&
      dashboardEnvironment({
        exportPath: folder.dashboard,
        plannedSeconds: planned.evaluated.plan.durationSeconds,
      })),
  }
}
