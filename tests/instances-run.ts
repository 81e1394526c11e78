// Runs a small script on several real k6, without the command line around them.
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { planInstances, type PlannedInstance } from '../scripts/segments/instance-plan.ts'
import type { InstancesEnd } from '../scripts/engines/instances/instances-end.ts'
import { type InstancesRun, runInstances } from '../scripts/engines/instances/run-instances.ts'
import { k6Arguments } from '../scripts/k6/k6-arguments.ts'
import { k6Environment } from '../scripts/k6/environment.ts'
import { runFolder } from '../scripts/run-folder/run-folder.ts'
import { recording } from '../scripts/samples/csv-source.ts'
import { realK6 } from './k6.ts'

export interface InstancesTest {
  count: number
  script: string
  /** Told the process ids once all are started, as often as one is. */
  onPids?: (pids: readonly number[]) => void
  /** Changes what is run. */
  change?: (run: InstancesRun, planned: readonly PlannedInstance[]) => Partial<InstancesRun>
}

export interface InstancesResult {
  end: InstancesEnd
  pids: number[]
  /** Of each instance. */
  logs: string[]
  csv: string[]
  /** What was waited for, in turn. */
  waits: string[]
}

export async function runScriptOnInstances(test: InstancesTest): Promise<InstancesResult> {
  const results = await mkdtemp(join(tmpdir(), 'k6v-instances-'))
  const folder = runFolder('run', { K6_VERDICT_RESULTS: results })
  const planned = await planInstances(folder, { instances: test.count })
  for (const { files } of planned) await mkdir(dirname(files.log), { recursive: true })
  await writeFile(folder.script, test.script)
  const pids: number[] = []
  const waits: string[] = []
  const run: InstancesRun = {
    k6: (await realK6()).path,
    processes: planned.map(({ name = '', port, files, part }) => ({
      ...{ name, port, ...files },
      args: k6Arguments({
        script: folder.script,
        summaryPath: files.summary,
        outputs: [recording(files.recorded).output],
        ...(part && { part }),
      }),
      env: {
        ...k6Environment({
          env: process.env,
          totalMemoryBytes: 4e9,
          instances: test.count,
          cpus: 2,
        }),
        ...recording(files.recorded).env,
      },
      onStart: (pid) => {
        pids.push(pid)
        test.onPids?.(pids)
      },
    })),
    readyMs: 60_000,
    loadMs: 60_000,
    stop: new AbortController().signal,
    stopEarly: new AbortController().signal,
    kill: new AbortController().signal,
    onWait: (what) => {
      if (what !== undefined) waits.push(what)
    },
  }
  const end = await runInstances({ ...run, ...test.change?.(run, planned) })
  const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')
  const logs = await Promise.all(planned.map(({ files }) => read(files.log)))
  const csv = await Promise.all(planned.map(({ files }) => read(files.recorded)))
  return { end, pids, logs, csv, waits }
}
