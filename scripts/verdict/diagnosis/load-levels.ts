import type { TimelineSeries } from '../tables/timeline-series.ts'
import { loadAt } from '../../indicators/from-samples/measure-total.ts'
import type { TimedPhase } from '../../indicators/timeline.ts'
import { median } from '../../statistics/quantile.ts'

/** What was answered at one level of the load. */
export interface LoadLevel {
  /** Users or iterations per second, as planned. */
  load: number
  requests: number
  perSecond: number
  /** Median of the steps' medians. */
  p50Ms: number
}

/** What is read of a run over time. */
export type LoadSeries = Pick<
  TimelineSeries,
  'startMs' | 'stepSeconds' | 'step' | 'requestsPerSecond' | 'p50Ms'
>

const LEVELS = 10

/** A shorter time at a level tells little of it. */
const SECONDS_MIN = 3

/** A ramp reaches its target at its very end. */
const PEAK_SHARE = 0.95

interface LoadStep {
  load: number
  perSecond: number
  p50Ms: number
}

/**
 * Tenths of the highest load, lowest first, each with what was answered there on the way up. What comes
 * after the peak is left out: it still works off the peak's queue.
 */
export function loadLevels(series: LoadSeries, timeline: readonly TimedPhase[]): LoadLevel[] {
  const all = stepsOf(series, timeline)
  const peak = Math.max(0, ...all.map(({ load }) => load))
  const steps = all.slice(0, endOfPeak(all, peak))
  const levels = Array.from({ length: LEVELS }, (_, index): LoadStep[] => {
    return steps.filter(({ load }) => levelOf(load, peak) === index)
  })
  return levels
    .filter((level) => level.length * series.stepSeconds >= SECONDS_MIN)
    .map((level) => levelFacts(level, series.stepSeconds))
}

// The first time that the load is at its peak: later on, what went before has left its traces.
function endOfPeak(steps: readonly LoadStep[], peak: number): number {
  const isPeak = ({ load }: LoadStep): boolean => load >= PEAK_SHARE * peak
  const first = steps.findIndex(isPeak)
  const after = steps.findIndex((step, index) => index > first && !isPeak(step))
  return after < 0 ? steps.length : after
}

function levelOf(load: number, peak: number): number {
  return Math.min(LEVELS - 1, Math.floor((load / peak) * LEVELS))
}

function levelFacts(steps: readonly LoadStep[], stepSeconds: number): LoadLevel {
  const mean = (pick: (step: LoadStep) => number): number =>
    steps.reduce((sum, step) => sum + pick(step), 0) / steps.length
  const perSecond = mean((step) => step.perSecond)
  return {
    load: mean(({ load }) => load),
    requests: perSecond * steps.length * stepSeconds,
    perSecond,
    p50Ms: median(steps.map(({ p50Ms }) => p50Ms)),
  }
}

/** Of the load that was added: with less of it answered, requests per second have stopped rising. */
const GAIN_MAX = 0.2

/** Loads must lie this far apart: a nearer one cannot be told from noise. */
const LOAD_RATIO_MIN = 1.3

/** A queue forms: the latency that half of the requests stay under has grown by half. */
const LATENCY_RATIO_MIN = 1.5

/** From fewer requests, chance alone moves their number by more than a seventh. */
const REQUESTS_MIN = 50

/** The level from which on more load brings hardly more answers, and the highest one; if there is one. */
export function kneeOf(all: readonly LoadLevel[]): { knee: LoadLevel; top: LoadLevel } | undefined {
  const levels = all.filter(({ requests }) => requests >= REQUESTS_MIN)
  const top = levels.at(-1)
  const flat = top ? levels.filter((level) => isFlat(level, top)) : []
  // Where it is flattest: the knee, and no level below it.
  const knee = flat.sort((one, other) => other.perSecond - one.perSecond)[0]
  return top && knee ? { knee, top } : undefined
}

function isFlat(level: LoadLevel, top: LoadLevel): boolean {
  const loadRatio = top.load / level.load
  const gain = (top.perSecond / level.perSecond - 1) / (loadRatio - 1)
  const slower = top.p50Ms / level.p50Ms
  return loadRatio >= LOAD_RATIO_MIN && gain < GAIN_MAX && slower >= LATENCY_RATIO_MIN
}

// A step without an answer has no latency; one that the load had not reached yet has no load.
function stepsOf(series: LoadSeries, timeline: readonly TimedPhase[]): LoadStep[] {
  return series.step.flatMap((step, index) => {
    const middleUs = series.startMs * 1_000 + (step + 0.5) * series.stepSeconds * 1e6
    const load = loadAt(middleUs, timeline)
    const p50Ms = series.p50Ms[index] ?? null
    const perSecond = series.requestsPerSecond[index] ?? 0
    return load > 0 && p50Ms !== null ? [{ load, perSecond, p50Ms }] : []
  })
}
