import type { ScriptFacts } from '../../lib/k6-options.ts'
import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import { projectPath } from '../core/project.ts'
import type { BundleEntry } from './bundle.ts'
import { evaluateEntry, evaluateScenario, type Evaluation } from './evaluate.ts'
import { type EvaluatedScenario, partsOf } from './evaluated-scenario.ts'
import { missingPart, scenarioFiles, scenarioPath, type WorkloadFolder } from './scenario-files.ts'

/** Of a scenario, what the names in an SLA file are held against. */
export type NamedScenario = Pick<EvaluatedScenario, 'plan' | 'metrics'>

const evaluated = new Map<string, Promise<NamedScenario[]>>()

/**
 * Every scenario of a workload with its own numbers, read once for each workload: an SLA file may use all their
 * names. One that does not work stops no other; its names are unknown then.
 */
export function scenariosOf(
  workload: WorkloadFolder,
  evaluation: Evaluation,
): Promise<NamedScenario[]> {
  const known = evaluated.get(workload.path) ?? evaluateAll(workload, evaluation)
  evaluated.set(workload.path, known)
  return known
}

async function evaluateAll(
  workload: WorkloadFolder,
  evaluation: Evaluation,
): Promise<NamedScenario[]> {
  const names = scenarioFiles()
    .map(({ name }) => name)
    .filter((name) => missingPart(name, workload) === undefined)
  try {
    const settings = { ...DEFAULT_SETTINGS, scenario: 'all-scenarios' }
    const { facts } = await evaluateEntry(
      allTogether(names, workload),
      { workload, settings },
      evaluation,
    )
    return Object.values((facts ?? {}) as Record<string, ScriptFacts>).flatMap((each) => {
      const { plan, metrics } = partsOf(each)
      return plan ? [{ plan, metrics }] : []
    })
  } catch {
    return oneByOne(names, workload, evaluation)
  }
}

// One of them cannot be bundled, or ends k6.
async function oneByOne(
  names: readonly string[],
  workload: WorkloadFolder,
  evaluation: Evaluation,
): Promise<NamedScenario[]> {
  const all = await Promise.allSettled(
    names.map((scenario) => {
      return evaluateScenario({ workload, settings: { ...DEFAULT_SETTINGS, scenario } }, evaluation)
    }),
  )
  return all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
}

/** A script that takes in every scenario and has what each says of itself. */
function allTogether(scenarios: readonly string[], workload: WorkloadFolder): BundleEntry {
  const lines = scenarios.map((scenario) => {
    const name = JSON.stringify(scenario)
    const file = JSON.stringify(scenarioPath(scenario, workload))
    return `try { all[${name}] = (await import(${file})).options.ext['k6-verdict'] } catch {}`
  })
  const contents = [
    'const all = {}',
    ...lines,
    "export const options = { ext: { 'k6-verdict': all } }",
    'export default function () {}',
  ].join('\n')
  return { stdin: { contents, resolveDir: projectPath('scenarios'), loader: 'ts' } }
}
