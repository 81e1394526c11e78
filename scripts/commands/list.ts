import { scenarioFiles, workloadFolders } from '../run/scenario-files.ts'

/** Prints scenarios with the question each one asks, and the workloads. */
export function list(): void {
  const scenarios = scenarioFiles()
  const width = Math.max(...scenarios.map(({ name }) => name.length))
  const lines = [
    'Scenarios (npm run k6 -- <scenario>):',
    ...scenarios.map(({ name, question }) => `  ${name.padEnd(width)}  ${question}`),
    '',
    'Workloads (--workload <name>):',
    ...workloadFolders().map(({ name }) => `  ${name}`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
