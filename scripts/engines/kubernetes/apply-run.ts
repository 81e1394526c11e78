import { endProgress, say } from '../../core/console.ts'
import { clusterRefused, stageError } from './errors.ts'
import { type FetchedSamples, fetchSamples, NO_FILES } from './fetch-samples.ts'
import { judgeApplied } from './judge-applied.ts'
import { findKubectl, type Follower, type Kubectl } from './kubectl.ts'
import { instanceName, runName, runnerName } from './names.ts'
import type { WrittenRun } from './written-run.ts'
import { volumeFile } from './test-run.ts'
import { completeLogs, followLog, initializerLog, logsEnded } from './runner-logs.ts'
import { openVolumes, podName, type VolumeFiles } from './volume-files.ts'
import { type Runner, type RunnersEnd, StageError, waitForRunners } from './wait-for-runners.ts'

/** What a run on the cluster has left on this machine. */
export interface AppliedRun extends FetchedSamples {
  runners: Runner[]
  end: RunnersEnd
  processMs: { start: number; end: number }
}

/** Setup, teardown, the last iterations and the summary. */
const SLACK_SECONDS = 300

/**
 * Runs the manifests on the cluster and judges what came back; the exit code says the verdict. Whatever
 * happens, the run's objects are deleted.
 *
 * @throws ToolkitError when the cluster refuses the run, or it does not start
 */
export async function applyRun(
  written: WrittenRun,
  { stop, kill }: { stop: AbortSignal; kill: AbortSignal },
): Promise<number> {
  const { cluster, folder } = written
  const kubectl = await findKubectl(cluster.namespace, process.env)
  const start = Date.now()
  const logs: Follower[] = []
  const guard = kubectl.guard(deletion(written))
  let applied: AppliedRun
  try {
    const runners = runnersOf(written)
    const volumes = await createAll(kubectl, written)
    const end = await waitForRunners({
      kubectl,
      run: runName(folder.id),
      runners,
      startSeconds: written.options.startDeadline,
      loadSeconds: written.planned.evaluated.plan.durationSeconds + SLACK_SECONDS,
      stop,
      onRunning: (runner, pod) => void followLog(kubectl, { written, runner, pod: pod.name, logs }),
    })
    endProgress()
    const processMs = { start, end: Date.now() }
    await logsEnded(logs)
    if (!end.stoppedByUser) await completeLogs(kubectl, { written, runners, end })
    const files = end.stoppedByUser
      ? NO_FILES
      : await fetchSamples(kubectl, { written, runners, volumes })
    applied = { runners, end, processMs, ...files }
  } catch (error) {
    if (!(error instanceof StageError)) throw error
    throw stageError(error.testRun, await initializerLog(kubectl, error.testRun))
  } finally {
    endProgress()
    for (const log of logs) log.stop()
    // Who cannot wait for that leaves it to the guard.
    if (!kill.aborted) {
      await cleanUp(kubectl, written)
      guard.close()
    }
  }
  return judgeApplied(written, applied)
}

function runnersOf({ all, cluster }: WrittenRun): Runner[] {
  return all.flatMap(({ region, testRun }) => {
    const { name } = testRun.metadata
    return Array.from({ length: cluster.instances }, (_, index) => ({
      instance: instanceName(index + 1, region),
      testRun: name,
      job: runnerName(name, index + 1),
    }))
  })
}

// `create`, not `apply`: apply keeps a copy in an annotation, which a quarter of a megabyte fills.
async function createAll(kubectl: Kubectl, written: WrittenRun): Promise<VolumeFiles | undefined> {
  const { cluster, folder, paths, all } = written
  const run = runName(folder.id)
  let volumes: VolumeFiles | undefined
  if (cluster.scriptVolume !== undefined) {
    volumes = await openVolumes(kubectl, { run, cluster })
    for (const { testRun, script } of all)
      await volumes.writeScript(
        volumeFile(testRun.metadata.name, typeof script !== 'string'),
        script,
      )
  }
  if (written.secret) {
    const created = await kubectl.run(['create', '--filename', '-'], {
      input: written.secret.filled,
    })
    if (!created.isDone) throw clusterRefused(created.reason)
  }
  const files = paths.flatMap((path) => ['--filename', path])
  const { isDone, reason } = await kubectl.run(['create', ...files])
  if (!isDone) throw clusterRefused(reason)
  say(
    `created in the namespace ${cluster.namespace}: ${all.map(({ testRun }) => testRun.metadata.name).join(', ')}`,
  )
  return volumes
}

const AT_ONCE = ['--ignore-not-found', '--wait=false']

function deletion({ paths, secret }: WrittenRun): string[] {
  const all = secret ? [...paths, secret.path] : paths
  return ['delete', ...all.flatMap((path) => ['--filename', path]), ...AT_ONCE]
}

async function cleanUp(kubectl: Kubectl, written: WrittenRun): Promise<void> {
  const { folder, cluster } = written
  const own = await kubectl.run(deletion(written))
  const { samplesVolume, scriptVolume } = cluster
  const hasPod = samplesVolume !== undefined || scriptVolume !== undefined
  const pod = ['delete', 'pod', podName(runName(folder.id)), ...AT_ONCE, '--grace-period=1']
  const helper = hasPod ? await kubectl.run(pod) : own
  const failed = [own, helper].find(({ isDone }) => !isDone)
  if (failed)
    say(
      `not everything was deleted (${failed.reason}): kubectl delete -f ${folder.path}/kubernetes`,
    )
}
