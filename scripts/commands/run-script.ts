import { Command } from 'commander'
import { scriptArguments } from '../script/script-arguments.ts'
import { addRunScriptOptions, readRunScriptOptions } from './run-script-options.ts'
import { asksForCloud } from './cloud-options.ts'
import { asksForKubernetes } from './kubernetes-options.ts'

/** Runs a k6 script or a plan of the user's own; the exit code is the verdict's, or k6's where k6 broke. */
export async function runScript(words: readonly string[]): Promise<number> {
  const parts = scriptArguments(words, addRunScriptOptions(new Command('run')).options)
  if (isPlanFile(parts.script)) {
    const { runPlan } = await import('./run-plan.ts')
    return runPlan(words)
  }
  const options = readRunScriptOptions(parts.own)
  if (options.suggestSla) {
    const { suggestSla } = await import('./suggest-sla.ts')
    return suggestSla(parts.script)
  }
  if (asksForKubernetes(options)) {
    const { runScriptOnKubernetes } =
      await import('../distributed/kubernetes/script-on-kubernetes.ts')
    return runScriptOnKubernetes(parts, options)
  }
  if (asksForCloud(options)) {
    const { runScriptInCloud } = await import('../distributed/cloud/script-in-cloud.ts')
    return runScriptInCloud(parts, options)
  }
  const { runScriptHere } = await import('./run-script-here.ts')
  return runScriptHere(parts, options)
}

const PLAN = /\.(ya?ml|json|plan\.ts)$/

/** Whether what is given to `run` is a plan: by its name, so that nothing has to be read to know it. */
export function isPlanFile(path: string): boolean {
  return PLAN.test(path)
}
