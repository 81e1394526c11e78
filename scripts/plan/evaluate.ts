import { rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Options } from 'k6/options'
import type { BuiltPlan } from '../../lib/build-plan.ts'
import type { ScriptFacts } from '../../lib/k6-options.ts'
import { type Inspected, inspectScript } from '../k6/inspect-script.ts'
import { projectPath } from '../core/project.ts'
import {
  type Bundle,
  type BundleEntry,
  bundleOf,
  type BundleParts,
  type BundleRequest,
  scenarioEntry,
  writeBundle,
} from './bundle.ts'
import {
  interrupted,
  k6Refuses,
  noPlan,
  scriptFileMissing,
  scriptThrew,
  variableMissing,
  wrongNumbers,
} from './errors.ts'
import { type EvaluatedScenario, factsIn, partsOf } from './evaluated-scenario.ts'
import { withoutValues } from '../k6/environment.ts'

/** With which k6, and in which environment. */
export interface Evaluation {
  /** Path of the k6 binary. */
  k6: string
  /** What the script finds in `__ENV`, of which k6 gets what it gets in the run. */
  env: NodeJS.ProcessEnv
  /** Variables of k6 beside it: a proxy, for one. */
  networkEnv?: Readonly<Record<string, string>> | undefined
  /** Variables may be missing here: the script runs where others set them. */
  elsewhere?: boolean
  signal?: AbortSignal | undefined
}

/**
 * Has k6 run the scenario's init code and say what it is going to do: the one source for the plan is the script
 * itself.
 *
 * @throws ToolkitError when the numbers do not fit the scenario, or its init code throws
 */
export async function evaluateScenario(
  request: BundleRequest,
  evaluation: Evaluation,
): Promise<EvaluatedScenario> {
  const { scenario } = request.settings
  const { options, facts } = await evaluateEntry(
    scenarioEntry(scenario, request.workload),
    request,
    evaluation,
  )
  const { plan, metrics, files } = partsOf(facts ?? {})
  if (!options.scenarios || !plan) throw noPlan(scenario)
  const distribution = options.cloud?.['distribution'] as BuiltPlan['distribution']
  const { scenarios } = options
  return { options, plan, scenarios, ...(distribution && { distribution }), metrics, files }
}

/** What k6 has read of a script. */
export interface EvaluatedEntry {
  options: Options
  /** What it has put into `options.ext['k6-verdict']`. */
  facts: Partial<ScriptFacts> | undefined
}

/**
 * The same for any script.
 *
 * @throws ToolkitError when it cannot be bundled, or k6 refuses it
 */
export async function evaluateEntry(
  entry: BundleEntry,
  request: BundleParts,
  evaluation: Evaluation,
): Promise<EvaluatedEntry> {
  const bundle = await bundleOf(entry, request, temporaryFile(request))
  try {
    await writeBundle(bundle)
    const { scenario } = request.settings
    const options: Options = await inspectBundle(bundle, {
      ...{ ...evaluation, scenario },
      command: request.workload?.command,
    })
    return { options, facts: factsIn(options) }
  } finally {
    await Promise.all([bundle.path, `${bundle.path}.map`].map((path) => rm(path, { force: true })))
  }
}

let filesMade = 0

// Beside the bundles, so that its source map leads to the same files; several may be read at once.
function temporaryFile({ workload, settings }: BundleParts): string {
  const name = `.${settings.scenario}.${process.pid}-${++filesMade}.js`
  return projectPath('build', workload?.name ?? 'any', name)
}

/**
 * Has k6 put a script and all that it opens into one file, without its environment.
 *
 * @throws ToolkitError when k6 refuses the script
 */
export async function archiveScript(
  of: { script: string; archive: string; scenario: string },
  evaluation: Evaluation,
): Promise<void> {
  const { script, archive, scenario } = of
  await inspectBundle({ path: script }, { ...evaluation, scenario, archive })
}

type Inspecting = Evaluation & {
  scenario: string
  /** What the user types, where it is not the scenario's name. */
  command?: string | undefined
  archive?: string
}

async function inspectBundle(
  { path }: Pick<Bundle, 'path'>,
  evaluation: Inspecting,
): Promise<Record<string, unknown>> {
  const { k6, env, networkEnv, elsewhere, signal, archive } = evaluation
  const inspected = await inspectScript({ k6, script: path, env, networkEnv, signal, archive })
  if (signal?.aborted) throw interrupted()
  if ('options' in inspected) return inspected.options
  const variable = missingVariable(inspected)
  const isNew = variable !== undefined && env[variable] === undefined
  if (!isNew || !elsewhere) throw refusal(path, inspected, evaluation)
  // What it is changes nothing of the plan.
  const known = { ...env, [variable]: 'set-elsewhere' }
  return inspectBundle({ path }, { ...evaluation, env: known })
}

type Problem = Exclude<Inspected, { options: unknown }>

// Thrown by requiredEnv() of lib/env.ts.
function missingVariable({ problem }: Problem): string | undefined {
  return /^MissingVariable: Expected the environment variable (\S+) to be set/.exec(problem)?.[1]
}

function refusal(path: string, inspected: Problem, { scenario, command, env }: Inspecting): Error {
  const problem = withoutValues(inspected.problem, env)
  const [first = '', ...stack] = problem.split('\n')
  const variable = missingVariable(inspected)
  if (variable !== undefined) {
    return variableMissing(command ?? scenario, {
      message: first.replace('MissingVariable: ', ''),
      variable,
    })
  }
  if (problem.startsWith('SettingsError: ')) {
    return wrongNumbers(scenario, messageIn(problem).replace('SettingsError: ', ''), command)
  }
  if (!inspected.isException) return k6Refuses(scenario, problem)
  const frames = stack.map((frame) => shownFrame(frame, path))
  const [, file] = MISSING_FILE.exec(first) ?? []
  const at = frames.find((frame) => PLACE.test(frame) && !/[ (]lib\/files\//.test(frame))
  if (file !== undefined && at !== undefined) {
    return scriptFileMissing(relative(process.cwd(), file), PLACE.exec(at)?.[0] ?? at.trim())
  }
  return scriptThrew(scenario, [first, ...frames].join('\n'))
}

// As Go's os.Stat says it, whatever k6 was to open.
const MISSING_FILE = /: (?:stat|open) (\/.*): (?:no such file or directory|The system cannot find)/
const PLACE = /[^\s(]+\.[cm]?[jt]s:\d+/

// A message may have several lines; each frame begins with a tab.
function messageIn(problem: string): string {
  return problem.split('\n\tat ', 1)[0] ?? problem
}

/** A line of k6's stack as the user would type the path: it is relative to the bundle. */
function shownFrame(frame: string, bundle: string): string {
  return frame.replace(/file:\/\/(\S+?):(\d+):\d+(\(\d+\))?/, (_, file: string, line: string) => {
    const source = file.startsWith('/') ? file : join(dirname(bundle), file)
    return `${relative(process.cwd(), decodeURI(source))}:${line}`
  })
}
