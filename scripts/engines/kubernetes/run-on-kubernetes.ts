import type { KubernetesRunOptions } from '../../options/kubernetes-options.ts'
import { settingsOf } from '../../options/check-run-options.ts'
import { type Manifest, newManifest, writeManifest } from '../../run-folder/manifest.ts'
import { describeLoad } from '../../plan/open-target.ts'
import { bundleRequest, type PlannedRun, planRun } from '../../plan/plan-run.ts'
import { readyK6 } from '../../k6/k6-context.ts'
import {
  keepBundle,
  newRunId,
  prepareRunFolder,
  requireResultsFolder,
  runFolder,
} from '../../run-folder/run-folder.ts'
import type { WorkloadFolder } from '../../plan/scenario-files.ts'
import { startNotes } from '../../plan/start-together.ts'
import { parseTargets, requirePermission, type Targets } from '../../plan/target.ts'
import { bundleScenario } from '../../plan/bundle.ts'
import type { ClusterOptions } from './cluster-options.ts'
import { targetNeeded } from './errors.ts'
import { type RegionManifests, manifests, writeManifests } from './manifests.ts'
import {
  clusterOptions,
  finishRun,
  refuseElsewhere,
  runnersText,
  type WrittenRun,
} from './written-run.ts'
import { prometheusOutput } from './prometheus-output.ts'
import { regionBundles } from './region-bundles.ts'

/** Writes a run's manifests, and with `--apply` runs them; the exit code says the verdict. */
export async function runOnKubernetes(
  scenario: string,
  workload: WorkloadFolder,
  options: KubernetesRunOptions,
): Promise<number> {
  const written = await writeRun(scenario, workload, options)
  return finishRun(written, { headline: headline(written), notes: notes(written, options) })
}

async function writeRun(
  scenario: string,
  workload: WorkloadFolder,
  options: KubernetesRunOptions,
): Promise<WrittenRun> {
  refuseElsewhere(options, options.out)
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

function headline(written: WrittenRun): string {
  const { settings, evaluated } = written.planned
  const { plan } = evaluated
  const where = plan.regions.length > 0 ? ` in ${plan.regions.join(', ')}` : ''
  const seconds = Math.round(plan.durationSeconds)
  return `${settings.scenario} on ${plan.workload}: ${describeLoad(plan)}, ${seconds} s, ${runnersText(written)}${where}`
}

function notes({ cluster, planned, all }: WrittenRun, options: KubernetesRunOptions): string[] {
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
