/**
 * What is kept of every target: its process (the names of all client libraries), Node's heap, event loop and handles
 * (prom-client), and its host (node_exporter).
 */
const SYSTEM_METRICS = new Set([
  'process_start_time_seconds',
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
  'process_open_fds',
  'nodejs_heap_size_used_bytes',
  'nodejs_external_memory_bytes',
  'nodejs_eventloop_lag_p99_seconds',
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'node_cpu_seconds_total',
  'node_memory_MemTotal_bytes',
  'node_memory_MemAvailable_bytes',
  'node_network_receive_bytes_total',
  'node_network_transmit_bytes_total',
  'node_disk_read_bytes_total',
  'node_disk_written_bytes_total',
  'node_load1',
])

/** Whether a metric tells of the machine or the process, whatever the program does. */
export function isSystemMetric(name: string): boolean {
  return SYSTEM_METRICS.has(name)
}
