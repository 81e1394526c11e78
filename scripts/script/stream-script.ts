import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunPlan } from '../../lib/plan.ts'
import { openStream, type PrometheusStream } from '../prometheus/stream.ts'
import type { GivenFlag } from './k6-flags.ts'
import type { PreparedScript } from './prepare-script.ts'
import { setOptions } from '../plan/k6-options.ts'
import type { ScriptRun } from './script-run.ts'
import { configPath } from './user-outputs.ts'

/** A script, and where its run streams to, if it does. */
export interface StreamedScript {
  script: ScriptRun
  stream?: PrometheusStream
}

export interface StreamInput {
  /** Value of `--prometheus`; `true` without one. */
  url: string | true
  native: boolean
  testid: string
  plan: RunPlan
  /** A folder for the configuration. */
  temporary: string
}

/**
 * Asks the receiver, and gives the script what its stream needs: labels beside its own tags, which k6 would forget when
 * it is given one more, and the user's configuration with that of the output in it.
 *
 * @throws ToolkitError when the receiver does not take what the run writes
 */
export async function streamedScript(
  { script, metadata }: PreparedScript,
  { url, native, testid, plan, temporary }: StreamInput,
): Promise<StreamedScript> {
  const { workload, durationSeconds: plannedSeconds } = plan
  const of = { url, native, outputs: script.outputs, testid, plannedSeconds }
  const stream = await openStream({ ...of, env: process.env })
  const config = join(temporary, 'config.json')
  await writeFile(config, JSON.stringify(await mergedConfig(script, stream)))
  const tags = Object.entries({ ...setOptions(metadata.options).tags, testid, workload })
  const flags = [
    ...script.flags.filter(({ name }) => name !== 'tag' && name !== 'config'),
    ...tags.map(([name, value]) => ofRun('tag', `${name}=${value}`)),
    ofRun('config', config),
  ]
  return { script: { ...script, flags }, stream }
}

function ofRun(name: string, value: string): GivenFlag {
  return { name, use: 'run', value, words: [`--${name}`, value] }
}

type Config = Record<string, unknown> & { collectors?: Record<string, object> }

async function mergedConfig({ flags }: ScriptRun, { k6 }: PrometheusStream): Promise<Config> {
  const own = await readConfig(configPath(flags, process.env))
  const { collectors = {} } = await readConfig(k6.configFile)
  const merged = { ...own.collectors }
  for (const [name, values] of Object.entries(collectors)) {
    merged[name] = { ...merged[name], ...values }
  }
  return { ...own, collectors: merged }
}

// k6 itself says what is wrong with one: it has read it for the plan.
async function readConfig(path: string): Promise<Config> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Config
  } catch {
    return {}
  }
}
