import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { checkDivision } from '../distributed/check-division.ts'
import type { Division } from '../distributed/instance-plan.ts'
import { findK6, type FoundK6 } from '../k6/find-k6.ts'
import { k6Context } from '../k6/k6-context.ts'
import { endProgress, progress, say } from '../report/console.ts'
import { executeRun } from '../run/execute-run.ts'
import { warnOfBusyMachine } from '../run/fit-demo.ts'
import { listenForInterrupts } from '../run/interrupts.ts'
import { lookAtMachine } from '../run/machine-look.ts'
import { requireResultsFolder } from '../run/results-folder.ts'
import { newRunId, runFolder } from '../run/run-folder.ts'
import { consoleLines } from '../script/console-lines.ts'
import { keepOutput } from '../script/script-output.ts'
import { planScript, type PlannedScript } from '../script/plan-script.ts'
import { prepareScript, type PreparedScript } from '../script/prepare-script.ts'
import { reportScript } from '../script/report-script.ts'
import { requireOwner } from '../script/require-owner.ts'
import { scriptArguments, type ScriptArguments } from '../script/script-arguments.ts'
import { noteLowDisk, scriptHeadline } from '../script/script-notes.ts'
import type { StreamedScript } from '../script/stream-script.ts'
import { summaryExport } from '../script/script-run.ts'
import { userPath } from '../script/user-folder.ts'
import {
  addRunScriptOptions,
  readRunScriptOptions,
  type RunScriptOptions,
} from './run-script-options.ts'
import { refuseWhatDoesNotWork } from './not-with-script.ts'

/** Runs a k6 script of the user's own and judges it; the exit code is the verdict's, or k6's where k6 broke. */
export async function runScript(words: readonly string[]): Promise<number> {
  const parts = scriptArguments(words, addRunScriptOptions(new Command('run')).options)
  const options = readRunScriptOptions(parts.own)
  refuseWhatDoesNotWork(options)
  if (options.suggestSla) {
    const { suggestSla } = await import('./suggest-sla.ts')
    return suggestSla(parts.script)
  }
  const look = lookAtMachine()
  const startedAt = new Date()
  const temporary = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const { stop, kill, close } = listenForInterrupts()
  try {
    const k6 = await findK6(k6Context({ env: process.env, say, progress, signal: stop }))
    // Before k6 reads the script, so that it runs as soon as it has.
    await warnOfBusyMachine(look)
    const prepared = await prepareScript({ k6: k6.path, parts, edit: options, temporary, stop })
    const sla = options.sla === undefined ? undefined : userPath(options.sla, process.env)
    const { script, flags } = parts
    const { options: plain } = prepared.metadata
    const planned = await planScript({ script, options: plain, flags, env: process.env, sla })
    requireOwner({
      plan: planned.evaluated.plan,
      scenarios: planned.scenarios,
      isConfirmed: options.iOwnThisTarget,
    })
    return await judged({
      ...{ k6, parts, options, prepared, planned, temporary },
      startedAt,
      stop,
      kill,
    })
  } finally {
    endProgress()
    close()
    await rm(temporary, { recursive: true, force: true })
  }
}

interface Ready {
  k6: FoundK6
  parts: ScriptArguments
  options: RunScriptOptions
  prepared: PreparedScript
  planned: PlannedScript
  /** A folder that is gone after the run. */
  temporary: string
  startedAt: Date
  stop: AbortSignal
  kill: AbortSignal
}

/** @throws ToolkitError where a k6 would have nothing to do, or several would write one file */
function divisionOf({ options, planned, prepared }: Ready): Division | undefined {
  const { instances = 1, webDashboard } = options
  const division = instances === 1 ? undefined : { instances }
  const { outputs } = prepared.script
  checkDivision(division, { scenarios: planned.evaluated.scenarios, outputs, webDashboard })
  return division
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

async function judged(ready: Ready): Promise<number> {
  const { k6, parts, options, planned, startedAt, stop, kill } = ready
  const { plan } = planned.evaluated
  const id = newRunId(planned.settings.scenario, startedAt)
  const folder = runFolder(id, process.env)
  await requireResultsFolder(folder.path)
  await noteLowDisk(plan, folder.path)
  const { script, stream } = await streamedOf(ready, id)
  say(scriptHeadline(parts.script, plan))
  const output = keepOutput(folder.path)
  const { webDashboard, maxMemory, strict, keepRaw } = options
  const executed = await executeRun({
    ...{ folder, planned, k6, startedAt, webDashboard, stop, kill },
    ...{ script, stream },
    division: divisionOf(ready),
    target: {
      targets: { byRegion: {} },
      isSandbox: false,
      pids: [],
      close: () => Promise.resolve(),
    },
    outputs: script.outputs,
    maxMemoryBytes: maxMemory,
    onOutput: output.add,
    onLog: consoleLines(),
  })
  await output.end()
  const exported = summaryExport(parts.flags, process.env)
  const { exitCode } = await reportScript({
    ...{ script, folder, planned, executed, strict, keepRaw },
    summaryExport: exported === undefined ? undefined : userPath(exported, process.env),
  })
  return exitCode
}
