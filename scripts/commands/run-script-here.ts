import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkDivision, type Division } from '../segments/instance-plan.ts'
import type { LocalExecution } from '../engines/cloud/local-execution.ts'
import { wrongUsage } from '../core/usage-errors.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import { endProgress, say } from '../core/console.ts'
import { executeRun } from '../engines/local/execute-run.ts'
import {
  type ServerMetricsChoice,
  serverMetricsChoice,
} from '../server-metrics/start-server-metrics.ts'
import { warnOfBusyMachine } from '../engines/local/demo-size.ts'
import { listenForInterrupts } from '../core/interrupts.ts'
import { lookAtMachine } from '../generator/machine-look.ts'
import { readyK6 } from '../k6/k6-context.ts'
import { newRunId, requireResultsFolder, runFolder } from '../run-folder/run-folder.ts'
import { consoleLines, keepOutput } from '../script/script-output.ts'
import { type ReadyScript, readyScript } from '../script/ready-script.ts'
import { reportScript } from '../engines/local/report-script.ts'
import { type ScriptArguments } from '../script/script-arguments.ts'
import { noteLowDisk, scriptHeadline } from '../script/script-notes.ts'
import type { StreamedScript } from '../script/stream-script.ts'
import { summaryExport } from '../script/script-run.ts'
import { userPath } from '../script/typed-path.ts'
import { type RunScriptOptions } from '../options/run-script-options.ts'
import { divisionOf, divisionText } from '../options/division-options.ts'
import { cloudOptionsOf } from '../options/cloud-options.ts'
import { refuseDivided } from '../options/not-with-script.ts'

/** Runs a script by k6 on this machine, and judges it. */
export async function runScriptHere(
  parts: ScriptArguments,
  options: RunScriptOptions,
): Promise<number> {
  const look = lookAtMachine()
  const startedAt = new Date()
  const division = divisionOf(options)
  const serverMetrics = serverMetricsChoice(options)
  const temporary = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const { stop, kill, close } = listenForInterrupts()
  try {
    const k6 = await readyK6(stop)
    // Before k6 reads the script, so that it runs as soon as it has.
    await warnOfBusyMachine(look)
    const ready = await readyScript({ k6, parts, options, temporary, stop })
    const of = { ...ready, k6, parts, options, division, temporary }
    requireDivisible(of)
    const cloud = await localExecutionOf(of)
    return await judged({ ...of, cloud, serverMetrics, startedAt, stop, kill })
  } finally {
    endProgress()
    close()
    await rm(temporary, { recursive: true, force: true })
  }
}

interface Ready extends ReadyScript {
  k6: FoundK6
  parts: ScriptArguments
  options: RunScriptOptions
  division: Division | undefined
  cloud: LocalExecution | undefined
  serverMetrics: ServerMetricsChoice
  /** A folder that is gone after the run. */
  temporary: string
  startedAt: Date
  stop: AbortSignal
  kill: AbortSignal
}

/** @throws ToolkitError where a k6 would have nothing to do, or several would write one file */
function requireDivisible(
  ready: Pick<Ready, 'division' | 'options' | 'planned' | 'prepared'>,
): void {
  const { division, options, planned, prepared } = ready
  if (!division) return
  const by = division.machine ? '--segment' : '--instances'
  refuseDivided(prepared.metadata.options.executionSegment, by)
  const { outputs } = prepared.script
  const { scenarios } = planned.evaluated
  checkDivision(division, { scenarios, outputs, webDashboard: options.webDashboard })
}

// Its code is loaded only for a run that streams.
async function streamedOf(ready: Ready, testid: string): Promise<StreamedScript> {
  const { options, prepared, planned, temporary } = ready
  const { prometheus: url, prometheusTrendStats } = options
  if (url === undefined) return prepared
  const { streamedScript } = await import('../script/stream-script.ts')
  const { plan } = planned.evaluated
  return streamedScript(prepared, { url, native: !prometheusTrendStats, testid, plan, temporary })
}

async function localExecutionOf({
  options,
  prepared,
  division,
}: Pick<Ready, 'options' | 'prepared' | 'division'>): Promise<LocalExecution | undefined> {
  if (!cloudOptionsOf(options).cloud) return undefined
  if (division) throw wrongUsage(EACH_ITS_OWN)
  const { scriptRequest } = await import('../engines/cloud/script-in-cloud.ts')
  const { localExecution } = await import('../engines/cloud/local-execution.ts')
  return localExecution(scriptRequest(prepared, options))
}

const EACH_ITS_OWN =
  '--instances and --segment cannot be combined with --local-execution: each k6 would be a run of its own there'

async function judged(ready: Ready): Promise<number> {
  const { k6, parts, options, division, cloud, serverMetrics, planned, startedAt, stop, kill } =
    ready
  const { plan } = planned.evaluated
  const id = newRunId(planned.settings.scenario, startedAt)
  const folder = runFolder(id, process.env)
  await requireResultsFolder(folder.path)
  await noteLowDisk(plan, folder.path)
  const { script, stream } = await streamedOf(ready, id)
  say(scriptHeadline(parts.script, plan) + divisionText(division))
  const output = keepOutput(folder.path)
  const { webDashboard, maxMemory, strict, keepRaw } = options
  const executed = await executeRun({
    ...{ folder, planned, k6, startedAt, webDashboard, stop, kill },
    ...{ script, stream },
    cloud,
    division,
    target: {
      targets: { byRegion: {} },
      isSandbox: false,
      pids: [],
      close: () => Promise.resolve(),
    },
    outputs: script.outputs,
    maxMemoryBytes: maxMemory,
    serverMetrics,
    onOutput: output.add,
    onLog: consoleLines(),
  })
  await output.end()
  const exported = summaryExport(parts.flags, process.env)
  const { exitCode } = await reportScript({
    ...{ script, folder, planned, division, executed, strict, keepRaw },
    summaryExport: exported === undefined ? undefined : userPath(exported, process.env),
  })
  return exitCode
}
