import { Command } from 'commander'
import { isPlanFile } from '../plan-file/plan-command.ts'
import { scriptArguments } from '../script/script-arguments.ts'
import { addRunScriptOptions, readRunScriptOptions } from '../options/run-script-options.ts'
import { asksForCloud } from '../options/cloud-options.ts'
import { asksForKubernetes } from '../options/kubernetes-options.ts'

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
    const { runScriptOnKubernetes } = await import('../engines/kubernetes/script-on-kubernetes.ts')
    return runScriptOnKubernetes(parts, options)
  }
  if (asksForCloud(options)) {
    const { runScriptInCloud } = await import('../engines/cloud/script-in-cloud.ts')
    return runScriptInCloud(parts, options)
  }
  const { runScriptHere } = await import('./run-script-here.ts')
  return runScriptHere(parts, options)
}
