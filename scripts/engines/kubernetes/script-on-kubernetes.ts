import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refuseDivided } from '../../options/not-with-script.ts'
import type { RunScriptOptions } from '../../options/run-script-options.ts'
import { newManifest, writeManifest } from '../../run-folder/manifest.ts'
import { readyK6 } from '../../k6/k6-context.ts'
import {
  newRunId,
  prepareRunFolder,
  requireResultsFolder,
  runFolder,
} from '../../run-folder/run-folder.ts'
import { startNotes } from '../../plan/start-together.ts'
import { editArchive } from '../../script/edit-archive.ts'
import { areThresholdsOff } from '../../script/plan-script.ts'
import { type ReadyScript, readyScript } from '../../script/ready-script.ts'
import type { ScriptArguments } from '../../script/script-arguments.ts'
import { scriptHeadline } from '../../script/script-notes.ts'
import { setOptions } from '../../plan/k6-options.ts'
import { scriptRow } from '../../script/script-run.ts'
import { busyInstancesMax } from '../../segments/segments.ts'
import type { ClusterOptions } from './cluster-options.ts'
import { manifests, type ManifestsInput, writeManifests } from './manifests.ts'
import { runName, testRunName } from './names.ts'
import { prometheusOutput } from './prometheus-output.ts'
import { writeSecret } from './run-secret.ts'
import { runnerFlags, scriptVariables } from './script-flags.ts'
import {
  clusterOptions,
  finishRun,
  refuseElsewhere,
  runnersText,
  type WrittenRun,
} from './written-run.ts'

/** Writes the manifests of a k6 script of the user's own, and with `--apply` runs them. */
export async function runScriptOnKubernetes(
  parts: ScriptArguments,
  options: RunScriptOptions,
): Promise<number> {
  const startedAt = new Date()
  const temporary = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const written = await writeScript({ parts, options, temporary, startedAt }).finally(() =>
    rm(temporary, { recursive: true, force: true }),
  )
  const { planned } = written
  const headline = `${scriptHeadline(parts.script, planned.evaluated.plan)}, ${runnersText(written)}`
  return finishRun(written, { headline, notes: notes(written, options) })
}

interface ScriptInput {
  parts: ScriptArguments
  options: RunScriptOptions
  temporary: string
  startedAt: Date
}

async function writeScript(input: ScriptInput): Promise<WrittenRun> {
  const { parts, options, temporary, startedAt } = input
  const cluster = clusterOptions(options)
  const flags = runnerFlags(parts.flags)
  const variables = scriptVariables(parts.flags, process.env)
  const k6 = await readyK6()
  const stop = new AbortController().signal
  const ready = await readyScript({ k6, parts, options, temporary, stop })
  const { prepared, planned } = ready
  refuseElsewhere(options, prepared.script.outputs)
  refuseDivided(prepared.metadata.options.executionSegment, '--kubernetes')
  const id = newRunId(planned.settings.scenario, startedAt)
  const folder = runFolder(id, process.env)
  const { plan } = planned.evaluated
  const further = await prometheusOutput({ ...options, out: prepared.script.outputs }, plan)
  const all = manifests({
    ...{ runId: id, cluster, further, targets: { byRegion: {} }, tags: tagsOf(ready, options, id) },
    bundles: [await bundleOf(ready, { cluster, parts })],
    own: { flags, hasVariables: Object.keys(variables).length > 0 },
  })
  await requireResultsFolder(folder.path)
  await prepareRunFolder(folder)
  await copyFile(prepared.script.archive, folder.archive)
  const place = join(folder.path, 'kubernetes')
  const paths = await writeManifests(place, all)
  const named = { name: testRunName(id), runName: runName(id), namespace: cluster.namespace }
  const secret =
    Object.keys(variables).length > 0
      ? await writeSecret(place, { ...named, variables })
      : undefined
  const manifest = {
    ...(await newManifest({
      ...{ id, planned, startedAt, target: { byRegion: {}, sandbox: false }, k6Environment: {} },
      k6: { version: cluster.image, source: 'image' },
    })),
    script: scriptRow(prepared.script),
    instances: Array.from({ length: cluster.instances }, () => ({})),
  }
  await writeManifest(folder.manifest, manifest)
  const script = planned
  return {
    ...{ folder, planned, script, cluster, all, paths, options, manifest },
    ...(secret && { secret }),
  }
}

/**
 * The archive as the runners get it. One of several has a part of the requests, so that what its thresholds would find is
 * not the run's: the samples of all decide then.
 */
async function bundleOf(
  { prepared, planned }: ReadyScript,
  { cluster, parts }: { cluster: ClusterOptions; parts: ScriptArguments },
): Promise<ManifestsInput['bundles'][number]> {
  const { archive: path, systemTags } = prepared.script
  const isWithout = cluster.instances > 1 || areThresholdsOff(parts.flags, process.env)
  await editArchive(path, ({ options, ...rest }) => ({
    ...rest,
    options: {
      ...options,
      ...(systemTags && { systemTags: systemTags }),
      ...(isWithout && { thresholds: null }),
    },
  }))
  const runnersMax = busyInstancesMax(planned.evaluated.scenarios)
  const archive = await readFile(path)
  return { region: undefined, script: '', archive, users: runnersMax, runnersMax }
}

// The operator adds tags of its own, and k6 forgets the script's then.
function tagsOf(
  { prepared, planned }: ReadyScript,
  { prometheus }: RunScriptOptions,
  testid: string,
): Record<string, string> {
  const { tags = {} } = setOptions(prepared.metadata.options)
  const { workload } = planned.evaluated.plan
  return { ...tags, ...(prometheus !== undefined && { testid, workload }) }
}

function notes({ cluster, secret, planned }: WrittenRun, { apply }: RunScriptOptions): string[] {
  const { samplesVolume, scriptVolume, instances } = cluster
  return [
    'variables of this shell stay here: give those that the script reads by -e, or in the Secret of --secret',
    ...(secret && !apply
      ? ['fill in the values of secret.yaml first: no file here holds them']
      : []),
    ...(instances > 1 ? ['setup() and teardown() run in every runner, as k6-operator has it'] : []),
    ...(scriptVolume !== undefined && !apply
      ? [`copy the .tar file of that folder to the root of the volume ${scriptVolume} first`]
      : []),
    ...(samplesVolume === undefined
      ? ['no --samples-volume: there will be no verdict, only exit codes']
      : []),
    ...startNotes(planned.objectives, process.env),
  ]
}
