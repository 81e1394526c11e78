// Pure. The part of a load that `--execution-segment` leaves of it.
import type { AnyScenario } from '../plan/k6-options.ts'

/** What k6 divides (k6 v2.2.0, lib/execution_segment.go): users and shared iterations in whole numbers, rates as they are. */
export function segmented(
  scenarios: Record<string, AnyScenario>,
  segment: string | null | undefined,
): Record<string, AnyScenario> {
  const share = shareOf(segment)
  if (share === 1) return scenarios
  const entries = Object.entries(scenarios).map(
    ([name, each]) => [name, part(each, share)] as const,
  )
  // One whose users are all in other segments does nothing here.
  const own = entries.filter(([, { vus }]) => vus !== 0)
  return Object.fromEntries(own.length > 0 ? own : entries)
}

function part(scenario: AnyScenario, share: number): AnyScenario {
  const whole = (value: unknown): number => Math.floor(Number(value ?? 1) * share + 1e-9)
  const { executor, vus, iterations, rate } = scenario
  switch (executor) {
    case 'shared-iterations':
      return { ...scenario, vus: whole(vus), iterations: whole(iterations) }
    case 'constant-vus':
    case 'per-vu-iterations':
      return { ...scenario, vus: whole(vus) }
    case 'ramping-vus':
      return {
        ...scenario,
        startVUs: whole(scenario['startVUs']),
        stages: stagesOf(scenario, whole),
      }
    case 'constant-arrival-rate':
      return { ...scenario, ...poolOf(scenario, whole), rate: Number(rate) * share }
    case 'ramping-arrival-rate': {
      const startRate = Number(scenario['startRate'] ?? 0) * share
      const stages = stagesOf(scenario, (target) => Number(target) * share)
      return { ...scenario, ...poolOf(scenario, whole), startRate, stages }
    }
    default:
      return scenario
  }
}

// Users that are kept ready.
function poolOf(scenario: AnyScenario, whole: (value: unknown) => number): object {
  const names = ['preAllocatedVUs', 'maxVUs'].filter((name) => typeof scenario[name] === 'number')
  return Object.fromEntries(names.map((name) => [name, whole(scenario[name])]))
}

function stagesOf({ stages }: AnyScenario, scaled: (target: unknown) => number): unknown[] {
  return ((stages ?? []) as { target: unknown }[]).map((stage) => {
    return { ...stage, target: scaled(stage.target) }
  })
}

/** `0:1/4`, `1/4`, `10%` and `0.2:2/3` as k6 reads them: a share of the load. */
function shareOf(segment: string | null | undefined): number {
  if (!segment) return 1
  const [from = '0', to] = segment.includes(':') ? segment.split(':') : ['0', segment]
  const share = numberOf(to ?? '1') - numberOf(from)
  return share > 0 && share < 1 ? share : 1
}

function numberOf(text: string): number {
  if (text.endsWith('%')) return Number(text.slice(0, -1)) / 100
  const [above = '0', below = '1'] = text.split('/')
  return Number(above) / Number(below)
}
