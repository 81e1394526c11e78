// What the target says of itself. Another API than the sandbox: put its own metrics here, then generate.

export const DATABASE_POOL = {
  inUse: 'sandbox_db_pool_in_use',
  waiting: 'sandbox_db_pool_waiting',
  max: 'sandbox_db_pool_max',
}

/** Bytes. */
export const TARGET_MEMORY = 'process_resident_memory_bytes{job="sandbox"}'

/** Each resource that can run out, from 0 (idle) to 1 (always busy), over a minute. */
export const TARGET_UTILISATION: Record<string, string> = {
  // Node runs JavaScript on one thread, so one CPU is all that it has.
  cpu: 'max(rate(process_cpu_seconds_total{job="sandbox"}[1m]))',
  'database-pool': `max(avg_over_time(${DATABASE_POOL.inUse}[1m]) / ${DATABASE_POOL.max})`,
  machine: '1 - min(avg by (instance) (rate(node_cpu_seconds_total{job="node",mode="idle"}[1m])))',
}
