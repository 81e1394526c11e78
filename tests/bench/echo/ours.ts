import { DEFAULT_SETTINGS, type RunSettings } from '../../../lib/run-settings.ts'
import { bundleScenario } from '../../../scripts/plan/bundle.ts'
import { projectPath } from '../../../scripts/core/project.ts'

const TREND_STATS = ['avg', 'p(95)', 'p(99)']

/** The bundle of `sustained` on the echo workload, as a run of the toolkit would have it. */
export async function ourBundle(change: Partial<RunSettings>): Promise<{ script: string }> {
  const workload = { name: 'bench-echo', path: projectPath('tests', 'bench', 'echo') }
  const settings = {
    ...DEFAULT_SETTINGS,
    scenario: 'sustained',
    timeScale: 0.001,
    trendStats: TREND_STATS,
    ...change,
  }
  const { path } = await bundleScenario({ workload, settings })
  return { script: path }
}
