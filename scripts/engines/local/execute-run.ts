import { copyFile, readFile } from 'node:fs/promises'
import type { ExecuteInput, ExecutedRun } from './executed-run.ts'
import { type PlannedInstance, planInstances, shareOf } from '../../segments/instance-plan.ts'
import { writeObjectives } from '../../sla/objectives-file.ts'
import { lateFault, skewFault } from '../../segments/start-skew.ts'
import { say } from '../../core/console.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import { endedInstance, endedRow, plannedRow, segmentOf } from './instance-rows.ts'
import { collectionsIn, keepGenerator, withCollections } from '../../generator/generator-file.ts'
import {
  absolutePhases,
  type Manifest,
  newManifest,
  writeManifest,
} from '../../run-folder/manifest.ts'
import { scriptRow, type ScriptRun } from '../../script/script-run.ts'
import type { GeneratorSample } from '../../generator/generator-sample.ts'
import type { MemoryEnd } from '../../generator/memory-watch.ts'
import { keepBundle, prepareRunFolder } from '../../run-folder/run-folder.ts'
import { runWatched } from './run-watched.ts'
import { whileWatched } from './watch-resources.ts'
import { environmentOf } from './spawning.ts'

/** Fills the run's folder and runs every k6 of it to its end. */
export async function executeRun(input: ExecuteInput): Promise<ExecutedRun> {
  const { folder, planned, bundle, script, division } = input
  const { plan, scenarios } = planned.evaluated
  const divided = await planInstances(folder, division)
  const instances = divided.map((each) => ({ ...each, port: ownPort(each, script) }))
  await prepareRunFolder(
    folder,
    instances.map(({ files }) => files),
  )
  if (bundle) await keepBundle(folder, bundle)
  if (script) await copyFile(script.archive, folder.archive)
  const manifest = await manifestOf(input, instances)
  await writeManifest(folder.manifest, manifest)
  await writeObjectives(folder, planned.objectives)

  const { streamed, start, end, watched, memoryEnd } = await whileWatched(input, async () => {
    const times = { start: Date.now(), streamed: await streamOf(input, manifest) }
    const publisher = times.streamed?.publisher
    const endScrapes = publisher && (await startScrapes(input, instances))
    return { ...times, ...(await runWatched(input, { instances, publisher }).finally(endScrapes)) }
  })
  const processMs = { start, end: Date.now() }
  const starts = end.ends.map(({ startedAtMs }) => startedAtMs)
  const generator = await withLogged(watched.generator, instances, starts)
  await keepGenerator(folder.path, generator)
  // Before anything is read from the logs.
  const cloud = await input.cloud?.end(instances.map(({ files }) => files.log))
  const ended = instances.map((each, index) => endedInstance(each, end.ends[index]))
  const startsMs = ended.flatMap(({ startMs }) => startMs ?? [])
  // A script of anybody's says nothing of its start, but several k6 wait for a word.
  const startMs = startsMs.length > 0 ? Math.min(...startsMs) : end.releasedAtMs
  const rows = ended.map((each, index) =>
    endedRow(manifest.instances[index], each, end.ends[index]),
  )
  const endedBecause = memoryEnd && memoryReason(memoryEnd, startMs ?? start)
  const whole: Manifest = {
    ...manifest,
    endedAt: new Date().toISOString(),
    instances: rows,
    ...(watched.stoppedBy && { stoppedBy: watched.stoppedBy }),
    ...(endedBecause && { endedBecause }),
    ...(cloud && { cloud }),
    ...(startMs !== undefined && { phases: absolutePhases(plan.phases, startMs) }),
  }
  // Whatever becomes of the judging, how k6 ended is known.
  await writeManifest(folder.manifest, whole).catch((error: unknown) => {
    say(`${folder.manifest} could not be written: ${String(error)}`)
  })
  const share = shareOf(scenarios, division)
  const { outcome } = end
  return {
    ...{ outcome, watched: { ...watched, generator }, manifest: whole, startMs, processMs },
    errors: [...new Set(ended.flatMap(({ errors }) => errors))],
    instances: ended,
    instanceFaults: [
      ...end.faults.map((fault) => reason('INSTANCE_FAILED', { fault })),
      ...skewFault(startsMs),
      ...lateFault(startMs, division?.machine?.startAtMs),
    ],
    ...(endedBecause && { endedBecause }),
    ...(share && { share }),
    ...(streamed && { streamed }),
  }
}

// The user may have said where the API of a single k6 is.
function ownPort({ port, part }: PlannedInstance, script: ScriptRun | undefined): number {
  return part ? port : (script?.apiPort ?? port)
}

function memoryReason({ atMs, ...use }: MemoryEnd, startMs: number): Reason {
  const atSeconds = Math.max(0, (atMs - startMs) / 1_000)
  return reason('GENERATOR_MEMORY_ENDED', { ...use, atSeconds })
}

/** What was seen of k6, with the garbage collections that each has told in its log. */
async function withLogged(
  samples: readonly GeneratorSample[],
  instances: readonly PlannedInstance[],
  startsMs: readonly (number | undefined)[],
): Promise<GeneratorSample[]> {
  const logs = await Promise.all(
    instances.map(({ files }) => readFile(files.log, 'utf8').catch(() => '')),
  )
  const found = logs.flatMap((log, index) => collectionsIn(log, startsMs[index] ?? NaN))
  return withCollections(samples, found)
}

async function manifestOf(
  input: ExecuteInput,
  instances: readonly PlannedInstance[],
): Promise<Manifest> {
  const { folder, planned, target, division, script } = input
  const [first] = instances
  if (!first) throw new Error('Expected at least one k6 to run, got none')
  return {
    ...(await newManifest({
      id: folder.id,
      planned,
      target: {
        ...(target.behind ?? target.targets),
        sandbox: target.isSandbox,
        ...(target.regionLatency && { regionLatency: target.regionLatency }),
      },
      k6: input.k6,
      k6Environment: environmentOf(input, first),
      startedAt: input.startedAt,
    })),
    instances: instances.map(plannedRow),
    ...(script && { script: scriptRow(script) }),
    ...(await segmentOf(division, {
      target,
      share: shareOf(planned.evaluated.scenarios, division),
    })),
  }
}

async function streamOf(
  { stream, planned, folder }: ExecuteInput,
  manifest: Manifest,
): Promise<ExecutedRun['streamed']> {
  if (!stream) return undefined
  const { publishRun } = await import('../../prometheus/stream.ts')
  const publisher = publishRun({ stream, manifest, planned, folder: folder.path })
  const { receiver, intervalSeconds } = stream
  return { publisher, url: receiver.url, intervalSeconds }
}

// What belongs to a run is scraped while it lasts, by a Prometheus of `npm run observability`.
async function startScrapes(
  { folder, planned, target }: ExecuteInput,
  instances: readonly PlannedInstance[],
): Promise<() => Promise<void>> {
  const { scrapeRun } = await import('../../observability/scrape-targets.ts')
  const { base } = target.behind ?? target.targets
  const run = { testid: folder.id, workload: planned.evaluated.plan.workload }
  const k6Ports = instances.map(({ port }) => port)
  return scrapeRun({ ...run, sandbox: target.isSandbox ? base : undefined, k6Ports }, process.env)
}
