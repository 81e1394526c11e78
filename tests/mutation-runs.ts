// What a row of mutation-table.ts may name: the load, and the SLA file.

export const LOADS = {
  closed: ['sustained', '--users', '20', '--duration', '8s', '--time-scale', '0.01'],
  long: ['sustained', '--users', '20', '--duration', '20s', '--time-scale', '0.01'],
  longest: ['sustained', '--users', '20', '--duration', '45s', '--time-scale', '0.01'],
  open: ['api-mix', '--rate', '20', '--duration', '12s', '--time-scale', '0.01'],
  'open-long': ['api-mix', '--rate', '20', '--duration', '45s', '--time-scale', '0.01'],
  'small-pool': [
    ...['sustained', '--model', 'open', '--rate', '60', '--duration', '6s', '--time-scale', '0.01'],
    ...['--pool-users', '20'],
  ],
  spike: ['spike', '--users', '40', '--time-scale', '0.03'],
  smoke: ['smoke'],
}

const SLA_FOLDER = 'tests/fixtures/tampered'

export const SLAS = {
  usual: `${SLA_FOLDER}/sla.json`,
  windows: `${SLA_FOLDER}/windows-sla.json`,
  stop: `${SLA_FOLDER}/stop-sla.json`,
  /** p50, p90 and p95 only. */
  latencies: `${SLA_FOLDER}/latencies-sla.json`,
  /** availability >= 100% and error-ratio <= 0%. */
  perfect: `${SLA_FOLDER}/perfect-sla.json`,
  /** availability and p50: a median hides a standstill. */
  median: `${SLA_FOLDER}/median-sla.json`,
}
