import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BuiltPlan } from '../../../lib/build-plan.ts'
import type { Part } from '../../../lib/plan.ts'
import { type Bundle, type BundleRequest, bundleScenario, copyFiles } from '../../plan/bundle.ts'
import { archiveScript, type Evaluation } from '../../plan/evaluate.ts'
import { withoutMap } from './config-map.ts'
import { usersMax } from '../../segments/segments.ts'
import { EXCEPTIONS_METRIC, NO_EXCEPTIONS, NO_REFUSED_REDIRECT } from '../../sla/k6-thresholds.ts'

/** What the runners of one TestRun get. */
export interface RegionBundle {
  /** Undefined for a run without regions. */
  region: string | undefined
  script: string
  /** k6's archive of it, where it opens files. */
  archive?: Buffer
  /** Most users at once. */
  users: number
  /** More runners would leave some of them without a user. */
  runnersMax: number
}

/**
 * The script of each region: the whole plan, but only the region's k6 scenario, with users that are
 * numbered after those of the regions before. Without the SLA's thresholds: a runner has a part of the
 * requests, so that what it would find is not the run's. That nothing may be thrown holds for each.
 */
export async function regionBundles(
  request: BundleRequest,
  built: BuiltPlan,
  evaluation: Evaluation,
): Promise<RegionBundle[]> {
  const { regions, parts } = built.plan
  const of: (string | undefined)[] = regions.length === 0 ? [undefined] : regions
  const bundles: RegionBundle[] = []
  let usersBefore = 0
  for (const region of of) {
    const scenarios = scenariosOf(built.scenarios, parts, region)
    const most = Object.values(scenarios).map(usersMax)
    const users = most.reduce((sum, each) => sum + each, 0)
    const settings = {
      ...request.settings,
      thresholds: {
        [EXCEPTIONS_METRIC]: [NO_EXCEPTIONS],
        ...(built.plan.followsRedirects && NO_REFUSED_REDIRECT),
      },
      ...(region !== undefined && { onlyRegion: region }),
      ...(usersBefore > 0 && { usersBefore }),
    }
    const bundle = await bundleScenario({ ...request, settings })
    const { script } = bundle
    const archive = bundle.files && (await archiveOf(bundle, settings.scenario, evaluation))
    const runnersMax = Math.max(...most)
    bundles.push({ region, script, ...(archive && { archive }), users, runnersMax })
    usersBefore += users
  }
  return bundles
}

async function archiveOf(
  { script, files }: Bundle,
  scenario: string,
  evaluation: Evaluation,
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  try {
    const paths = { script: join(folder, 'script.js'), archive: join(folder, 'script.tar') }
    await writeFile(paths.script, withoutMap(script))
    await copyFiles(files, folder)
    await archiveScript({ ...paths, scenario }, evaluation)
    return await readFile(paths.archive)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function scenariosOf(
  scenarios: BuiltPlan['scenarios'],
  parts: readonly Part[],
  region: string | undefined,
): BuiltPlan['scenarios'] {
  if (region === undefined) return scenarios
  const names = parts.filter((part) => part.region === region).map(({ name }) => name)
  return Object.fromEntries(Object.entries(scenarios).filter(([name]) => names.includes(name)))
}
