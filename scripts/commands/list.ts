import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  firstComment,
  missingPart,
  type ScenarioFile,
  scenarioFiles,
  type WorkloadFolder,
  workloadFolders,
} from '../plan/scenario-files.ts'

/** Prints scenarios with the question each one asks, and the workloads with those that only they have. */
export function list(): void {
  const scenarios = scenarioFiles()
  const width = Math.max(...scenarios.map(({ name }) => name.length))
  const line = ({ name, question }: ScenarioFile): string => `${name.padEnd(width)}  ${question}`
  const ofAll = scenarios.filter(({ workload }) => workload === undefined)
  const lines = [
    'Scenarios of every workload (npm run k6 -- <scenario>):',
    ...ofAll.map((scenario) => `  ${line(scenario)}`),
    '',
    'Workloads (--workload <name>), and scenarios that only one of them has:',
    ...workloadFolders().flatMap((workload) => {
      const own = scenarios.filter((scenario) => scenario.workload === workload.name)
      return [...headOf(workload, ofAll), ...own.map((scenario) => `      ${line(scenario)}`)]
    }),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function headOf(workload: WorkloadFolder, ofAll: readonly ScenarioFile[]): string[] {
  const about = firstComment(readFileSync(join(workload.path, 'workload.ts'), 'utf8'))
  const lacking = ofAll.map(({ name }) => name).filter((name) => missingPart(name, workload))
  const without = lacking.length > 0 ? [`      not for it: ${lacking.join(', ')}`] : []
  return [`  ${workload.name}: ${about}`, ...without]
}
