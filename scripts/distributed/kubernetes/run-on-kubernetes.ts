import { relative } from 'node:path'
import type { KubernetesRunOptions } from '../../commands/kubernetes-options.ts'
import { settingsOf } from '../../commands/settings-of.ts'
import { holdsSecret, maskArgument } from '../../core/mask-secrets.ts'
import { projectPath } from '../../project.ts'
import { say } from '../../report/console.ts'
import { listenForInterrupts } from '../../run/interrupts.ts'
import { type Manifest, newManifest, writeManifest } from '../../run/manifest.ts'
import { describeLoad } from '../../run/open-target.ts'
import { bundleRequest, type PlannedRun, planRun } from '../../run/plan-run.ts'
import { readyK6 } from '../../run/ready-k6.ts'
import { requireResultsFolder } from '../../run/results-folder.ts'
import {
  keepBundle,
  newRunId,
  prepareRunFolder,
  type RunFolder,
  runFolder,
} from '../../run/run-folder.ts'
import type { WorkloadFolder } from '../../run/scenario-files.ts'
import { startNotes } from '../../run/start-notes.ts'
import { parseTargets, requirePermission, type Targets } from '../../run/target.ts'
import { bundleScenario } from '../../run/bundle.ts'
import type { ClusterOptions } from './cluster-options.ts'
import { notWithKubernetes, secretInOutput, targetNeeded } from './errors.ts'
import { type RegionManifests, manifests, writeManifests } from './manifests.ts'
import { checkCpu, memoryBytes } from './quantity.ts'
import { prometheusOutput } from './prometheus-output.ts'
import { regionBundles } from './region-bundles.ts'

/** Everything that is written down of a run before anything is in the cluster. */
export interface WrittenRun {
  folder: RunFolder
  planned: PlannedRun
  cluster: ClusterOptions
  all: RegionManifests[]
  /** Of the manifests. */
  paths: string[]
  options: KubernetesRunOptions
  manifest: Manifest
}

/** Writes a run's manifests, and with `--apply` runs them; the exit code says the verdict. */
export async function runOnKubernetes(
  scenario: string,
  workload: WorkloadFolder,
  options: KubernetesRunOptions,
): Promise<number> {
  const written = await writeRun(scenario, workload, options)
  const { planned, cluster, all, paths } = written
  say(headline(planned, cluster.instances * all.length))
  for (const path of paths) say(`  ${shown(path)}`)
  for (const note of notes(written)) say(note)
  if (!options.apply) {
    say(`to run it: kubectl create -f ${shown(paths[0] ?? '').replace(/[^/]*$/, '')}`)
    return 0
  }
  const { stop, kill, close } = listenForInterrupts()
  try {
    const { applyRun } = await import('./apply-run.ts')
    return await applyRun(written, { stop, kill })
  } finally {
    close()
  }
}

/** What only a run on this machine, or in the cloud, can do. */
const ELSEWHERE = [
  'webDashboard',
  'segment',
  'startAt',
  'cloud',
  'localExecution',
  'regionLatency',
  'maxMemory',
] as const

const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

async function writeRun(
  scenario: string,
  workload: WorkloadFolder,
  options: KubernetesRunOptions,
): Promise<WrittenRun> {
  const other = ELSEWHERE.find((name) => options[name])
  if (other !== undefined) throw notWithKubernetes(flagOf(other))
  const secret = options.out.find(holdsSecret)
  if (secret !== undefined) throw secretInOutput(maskArgument(secret))
  const startedAt = new Date()
  const id = newRunId(scenario, startedAt)
  const cluster = clusterOptions(options)
  const settings = {
    ...settingsOf(scenario, options, { id, timeScale: options.timeScale ?? 1 }),
    testid: id,
  }
  const { path: k6 } = await readyK6()
  const evaluation = { k6, env: process.env, elsewhere: true }
  const planned = await planRun({ workload, settings, slaPath: options.sla, ...evaluation })
  const { evaluated } = planned
  const targets = parseTargets(options.target, evaluated.plan.regions)
  if (options.apply && options.target.length === 0) throw targetNeeded()
  requirePermission(targets, { ...evaluated.plan, confirmed: options.iOwnThisTarget })
  const folder = runFolder(id, process.env)
  await requireResultsFolder(folder.path)

  const request = bundleRequest(workload, planned)
  const bundles = await regionBundles(request, evaluated, evaluation)
  const whole = await bundleScenario(request)
  const all = manifests({
    runId: id,
    cluster,
    bundles,
    targets,
    tags: tagsOf(evaluated.options.tags),
    further: await prometheusOutput(options, evaluated.plan),
  })
  await prepareRunFolder(folder)
  await keepBundle(folder, whole)
  const paths = await writeManifests(`${folder.path}/kubernetes`, all)
  const manifest = await manifestOf({ id, planned, targets, cluster, startedAt, all })
  await writeManifest(folder.manifest, manifest)
  return { folder, planned, cluster, all, paths, options, manifest }
}

function clusterOptions(options: KubernetesRunOptions): ClusterOptions {
  memoryBytes(options.memory)
  const { namespace, image, memory, secret, samplesVolume, scriptVolume, separate } = options
  return {
    namespace,
    image,
    memory,
    cpu: checkCpu(options.cpu),
    instances: options.instances ?? 1,
    nodeSelectors: options.nodeSelector,
    separate,
    // What is deleted at once can no longer be asked for its exit codes and logs.
    cleanup: options.cleanup && !options.apply,
    ...(secret !== undefined && { secret }),
    ...(samplesVolume !== undefined && { samplesVolume }),
    ...(scriptVolume !== undefined && { scriptVolume }),
  }
}

const tagsOf = (tags: unknown): Record<string, string> => (tags ?? {}) as Record<string, string>

async function manifestOf(input: {
  id: string
  planned: PlannedRun
  targets: Targets
  cluster: ClusterOptions
  startedAt: Date
  all: readonly RegionManifests[]
}): Promise<Manifest> {
  const { id, planned, targets, cluster, startedAt, all } = input
  const manifest = await newManifest({
    id,
    planned,
    target: { ...targets, sandbox: false },
    k6: { version: cluster.image, source: 'image' },
    k6Environment: {},
    startedAt,
  })
  return {
    ...manifest,
    instances: all.flatMap(() => Array.from({ length: cluster.instances }, () => ({}))),
  }
}

function headline({ settings, evaluated: { plan } }: PlannedRun, runnerCount: number): string {
  const runners = `${runnerCount} runner${runnerCount === 1 ? '' : 's'}`
  const where = plan.regions.length > 0 ? ` in ${plan.regions.join(', ')}` : ''
  const seconds = Math.round(plan.durationSeconds)
  return `${settings.scenario} on ${plan.workload}: ${describeLoad(plan)}, ${seconds} s, ${runners}${where}`
}

function notes({ options, cluster, planned, all }: WrittenRun): string[] {
  const { secret, samplesVolume, scriptVolume } = cluster
  const isMany = cluster.instances * all.length > 1
  return [
    ...(options.target.length === 0
      ? [`no --target: BASE_URL must be a key of the Secret ${secret ?? 'that --secret names'}`]
      : []),
    ...(process.env['AUTH_USERNAME'] !== undefined && secret === undefined
      ? ['AUTH_USERNAME of this shell stays here: put it into a Secret and name that by --secret']
      : []),
    ...(isMany
      ? [
          'setup() and teardown() run in every runner, as k6-operator has it: each logs in by itself',
        ]
      : []),
    ...(scriptVolume !== undefined && !options.apply
      ? [`copy the .js files of that folder to the root of the volume ${scriptVolume} first`]
      : []),
    ...(samplesVolume === undefined && options.prometheus === undefined
      ? ['neither --samples-volume nor --prometheus: there will be no verdict, only exit codes']
      : []),
    ...startNotes(planned.objectives, process.env),
    ...(planned.objectives.length === 0 ? ['the SLA file has no objective for this run'] : []),
  ]
}

function shown(path: string): string {
  const near = relative(projectPath(), path)
  return near.startsWith('..') ? path : near
}
