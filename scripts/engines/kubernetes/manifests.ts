import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { writeWhole } from '../../core/write-whole.ts'
import { redirectEnvironment, type Targets } from '../../plan/target.ts'
import type { ClusterOptions } from './cluster-options.ts'
import { type ConfigMap, configMap, withoutMap } from './config-map.ts'
import { tooManyRunners } from './errors.ts'
import { runName, testRunName } from './names.ts'
import { nodeSelector } from './node-selectors.ts'
import type { RegionBundle } from './region-bundles.ts'
import { runnerArguments } from './runner-arguments.ts'
import { runnerEnvironment } from './runner-environment.ts'
import { type OwnScript, type TestRun, testRun, volumeFile } from './test-run.ts'

/** A further output of k6, by its name for `--out` and what it reads from the environment. */
export interface OutputSettings {
  outputs: readonly string[]
  env: Record<string, string>
  /** Text of k6's configuration. */
  k6Config: string
  /** Trends go out as native histograms. */
  hasHistograms: boolean
}

export interface ManifestsInput {
  runId: string
  cluster: ClusterOptions
  bundles: readonly RegionBundle[]
  targets: Targets
  /** `options.tags` of the script. */
  tags: Readonly<Record<string, string>>
  further: OutputSettings
  /** Of a script of the user's own. */
  own?: OwnScript
}

/** What one TestRun needs. */
export interface RegionManifests {
  region: string | undefined
  testRun: TestRun
  /** Missing where the script comes from a volume. */
  configMap?: ConfigMap
  /** The script, or its archive, for the volume. */
  script: string | Buffer
}

/** @throws ToolkitError for a script that is too large, or more runners than users */
export function manifests(input: ManifestsInput): RegionManifests[] {
  const regions = input.bundles.flatMap(({ region }) => region ?? [])
  return input.bundles.map((bundle) => regionManifests(bundle, { ...input, regions }))
}

function regionManifests(
  { region, script, archive, runnersMax }: RegionBundle,
  input: ManifestsInput & { regions: readonly string[] },
): RegionManifests {
  const { runId, cluster, targets, tags, further, regions, own } = input
  if (cluster.instances > runnersMax) {
    throw tooManyRunners(cluster.instances, { runnersMax, region })
  }
  const name = testRunName(runId, region)
  const named = { name, runName: runName(runId) }
  const { namespace } = cluster
  const { hasHistograms } = further
  const baseUrl = (region && targets.byRegion[region]) ?? targets.base
  return {
    region,
    script: archive ?? withoutMap(script),
    ...(cluster.scriptVolume === undefined && {
      configMap: configMap({ ...named, namespace, script, archive, k6Config: further.k6Config }),
    }),
    testRun: testRun({
      ...named,
      cluster,
      isArchive: archive !== undefined,
      own,
      nodeSelector: nodeSelector(cluster.nodeSelectors, { region, regions }),
      args: runnerArguments({
        tags,
        outputs: further.outputs,
        hasVolume: cluster.samplesVolume !== undefined,
        flags: own?.flags,
      }),
      env: runnerEnvironment({
        cluster,
        baseUrl,
        outputs: { ...(own ? {} : redirectEnvironment(targets)), ...further.env },
        hasHistograms,
      }),
    }),
  }
}

/**
 * Writes them into a folder, so that `kubectl create -f <folder>` makes what a TestRun needs before it.
 *
 * @returns their paths
 */
export async function writeManifests(
  folder: string,
  all: readonly RegionManifests[],
): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const paths: string[] = []
  const write = async (name: string, text: string | Buffer): Promise<void> => {
    const path = join(folder, name)
    await writeWhole(path, text)
    if (name.endsWith('.yaml')) paths.push(path)
  }
  for (const { region, testRun, configMap, script } of all) {
    const ending = region === undefined ? '' : `-${region}`
    if (configMap) await write(`config-map${ending}.yaml`, yaml(configMap))
    else await write(volumeFile(testRun.metadata.name, typeof script !== 'string'), script)
    await write(`test-run${ending}.yaml`, yaml(testRun))
  }
  return paths
}

// A long argument stays on its line, and the script is a block that a person can read.
function yaml(manifest: ConfigMap | TestRun): string {
  return stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false })
}
