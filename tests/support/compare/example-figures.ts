// Runs and pairs with known numbers, for the tests of this folder.
import { createPlan } from '../sla/example.ts'
import type { Figures } from '../../../scripts/compare/figures.ts'
import type { PairResult, SideResult } from '../../../scripts/pairs/pair-result.ts'
import type { RunFigures } from '../../../scripts/compare/run-figures.ts'

/** A run of 100 s with one endpoint; its p95 is 100 ms, within 90 to 110. */
export function createRun(changes: Partial<RunFigures> = {}): RunFigures {
  const { profile, model, target, durationSeconds, phases } = createPlan()
  return {
    format: 1,
    kind: 'baseline',
    id: '20261121-120000-load-aaaa',
    startedAt: '2026-11-21T12:00:00.000Z',
    scenario: 'load',
    workload: 'better-prompts',
    seed: 1,
    timeScale: 1,
    plan: { ...(profile !== undefined && { profile }), model, target, durationSeconds, phases },
    isSandbox: false,
    versions: { toolkit: '0.1.0', k6: 'v2.2.0' },
    host: { cpus: 2, cpuModel: 'example' },
    verdict: 'PASS',
    objectives: [
      {
        id: 'tail',
        indicator: 'latency p95',
        limit: '< 200ms',
        unit: 'ms',
        measured: 100,
        interval: { low: 90, high: 110 },
      },
    ],
    endpoints: [createFigures(), createFigures({ endpoint: 'GET /a' })],
    ...changes,
  }
}

/** Of 2,000 requests without an error. */
export function createFigures(changes: Partial<Figures> = {}): Figures {
  return {
    requests: 2_000,
    samples: 2_000,
    percentiles: { p50: { value: 20 }, p95: { value: 100 }, p99: { value: 200 } },
    errorRatio: { value: 0, interval: { low: 0, high: 0.001 } },
    ...changes,
  }
}

/** A pair whose candidate takes so many times as long. */
export function createPair(
  pair: number,
  factor: number,
  sides: { baseline?: Partial<SideResult>; candidate?: Partial<SideResult> } = {},
): PairResult {
  const side = (name: string, p50: number): SideResult => ({
    run: `pair-${pair}-${name}`,
    verdict: 'PASS',
    figures: [createFigures({ percentiles: { p50: { value: p50 }, p95: { value: 4 * p50 } } })],
    generatorFaults: [],
    loadFaults: [],
  })
  return {
    pair,
    order: ['baseline', 'candidate'],
    baseline: { ...side('baseline', 20), ...sides.baseline },
    candidate: { ...side('candidate', 20 * factor), ...sides.candidate },
  }
}
