import type { GaugeConfiguration } from 'prom-client'
import { prometheus } from './packages.ts'

/** Read when Prometheus asks, so that they cost a request next to nothing. */
export interface MeasuredState {
  pool: { inUse: number; waiting: number; max: number }
  model: { running: number; queued: number }
  streams: number
}

// The 0.2 and 0.5 of the service levels are bounds, so their share of requests is exact.
const REQUEST_SECONDS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 5]
const SHORT_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5]

export type Metrics = ReturnType<typeof createMetrics>

type Registry = InstanceType<typeof prometheus.Registry>

/** All metrics of one sandbox, in a registry of its own; times in seconds, money in dollars. */
export function createMetrics(state: () => MeasuredState) {
  const registry = new prometheus.Registry()
  prometheus.collectDefaultMetrics({ register: registry })
  const inFlight = { requests: 0 }
  addStateGauges(registry, () => ({ ...state(), requests: inFlight.requests }))
  return { registry, inFlight, ...createTimes(registry), ...createCounters(registry) }
}

function createTimes(registry: Registry) {
  const registers = [registry]
  return {
    requestSeconds: new prometheus.Histogram({
      name: 'sandbox_http_request_duration_seconds',
      help: 'Time to answer, by route pattern.',
      labelNames: ['route', 'method', 'status'],
      buckets: REQUEST_SECONDS,
      registers,
    }),
    querySeconds: new prometheus.Histogram({
      name: 'sandbox_db_query_duration_seconds',
      help: 'Time of a query with its connection held, round trip included.',
      labelNames: ['operation'],
      buckets: SHORT_SECONDS,
      registers,
    }),
    poolWaitSeconds: new prometheus.Histogram({
      name: 'sandbox_db_pool_wait_seconds',
      help: 'Wait for a database connection, 0 included.',
      buckets: SHORT_SECONDS,
      registers,
    }),
    modelWaitSeconds: new prometheus.Histogram({
      name: 'sandbox_model_queue_wait_seconds',
      help: 'Wait for the model, 0 included.',
      buckets: SHORT_SECONDS,
      registers,
    }),
  }
}

function createCounters(registry: Registry) {
  const counter = <Label extends string = never>(
    name: string,
    help: string,
    labelNames: Label[] = [],
  ) => new prometheus.Counter<Label>({ name, help, labelNames, registers: [registry] })

  return {
    cacheHits: counter('sandbox_cache_hits_total', 'Prompts answered from the cache.'),
    cacheMisses: counter('sandbox_cache_misses_total', 'Prompts that needed the model.'),
    costUsd: counter('sandbox_cost_usd_total', 'Cost of the model, US dollars.'),
    techniqueChoices: counter('sandbox_technique_choices_total', 'Prompts answered.', [
      'technique',
    ]),
    techniquePredictions: counter(
      'sandbox_technique_predictions_total',
      'Choices whose expected technique the caller told (x-expected-technique).',
    ),
    techniquePredictionsCorrect: counter(
      'sandbox_technique_predictions_correct_total',
      'Those of them that were as expected.',
    ),
    feedback: counter('sandbox_feedback_total', 'Feedback received.', ['satisfied']),
    streamUpdates: counter('sandbox_stream_updates_total', 'Summaries sent to metrics streams.'),
    exportedRows: counter('sandbox_exported_rows_total', 'Rows sent by metrics exports.'),
  }
}

type GaugedState = MeasuredState & { requests: number }

function addStateGauges(registry: Registry, state: () => GaugedState): void {
  const gauge = (name: string, help: string, read: (now: GaugedState) => number) => {
    const config: GaugeConfiguration<string> = {
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read(state()))
      },
    }
    return new prometheus.Gauge(config)
  }
  gauge(
    'sandbox_http_requests_in_flight',
    'Requests received and not answered yet, scrapes left out.',
    ({ requests }) => requests,
  )
  gauge('sandbox_db_pool_in_use', 'Database connections held.', ({ pool }) => pool.inUse)
  gauge('sandbox_db_pool_waiting', 'Callers waiting for one.', ({ pool }) => pool.waiting)
  gauge('sandbox_db_pool_max', 'Database connections at most.', ({ pool }) => pool.max)
  gauge('sandbox_model_calls_running', 'Model calls running.', ({ model }) => model.running)
  gauge('sandbox_stream_clients', 'Metrics streams open.', ({ streams }) => streams)
  gauge('sandbox_model_queue_depth', 'Model calls waiting.', ({ model }) => model.queued)
}
