import { readFile } from 'node:fs/promises'
import type { RunPlan } from '../../../lib/plan.ts'
import type { KubernetesRunOptions } from '../../options/kubernetes-options.ts'
import { projectPath } from '../../core/project.ts'
import { k6Output, pushIntervalSeconds } from '../../prometheus/k6-output.ts'
import { receiverOf } from '../../prometheus/receiver.ts'
import type { OutputSettings } from './manifests.ts'

/**
 * What tells the runners to stream to Prometheus. The address is the one that they know it by; who they
 * are (K6_PROMETHEUS_RW_USERNAME and the like) stands in the Secret.
 */
export async function prometheusOutput(
  options: Pick<KubernetesRunOptions, 'out' | 'prometheus' | 'prometheusTrendStats'>,
  { durationSeconds }: RunPlan,
): Promise<OutputSettings> {
  const outputs = options.out
  if (options.prometheus === undefined) {
    return { outputs, env: {}, k6Config: await configText(EMPTY), hasHistograms: false }
  }
  const { url } = receiverOf(options.prometheus, {})
  const native = !options.prometheusTrendStats
  const intervalSeconds = pushIntervalSeconds(durationSeconds)
  const { output, env, configFile } = k6Output({ url, intervalSeconds, native })
  const k6Config = await configText(configFile)
  return { outputs: [...outputs, output], env, k6Config, hasHistograms: native }
}

const EMPTY = projectPath('scripts', 'k6', 'empty-config.json')

const configText = (path: string): Promise<string> => readFile(path, 'utf8')
