import type { Unit } from '../core/limit.ts'

/** A chart of some metrics of one machine or process. */
export interface ChartRule {
  title: string
  unit: Unit
  lines: readonly LineRule[]
}

interface LineRule {
  label: string
  /** In the metrics of a generator or of a target. */
  name: string
  /** It is a counter. */
  isRate?: boolean
  factor?: number
  /** Which of its series. */
  labels?: (labels: Readonly<Record<string, string>>) => boolean
}

const MS = 1_000

const isBusy = ({ mode }: Readonly<Record<string, string>>): boolean =>
  mode !== 'idle' && mode !== 'iowait'

/** What is drawn where it is known, the load generator first. Its CPUs are a chart of the timeline. */
export const CHARTS: readonly ChartRule[] = [
  {
    title: 'Memory in use',
    unit: 'bytes',
    lines: [
      { label: 'machine', name: 'host_memory_used_bytes' },
      { label: 'k6', name: 'k6_memory_bytes' },
      { label: 'heap of the toolkit', name: 'toolkit_heap_used_bytes' },
    ],
  },
  {
    title: 'Network, loopback included',
    unit: 'bytes/s',
    lines: [
      { label: 'received', name: 'host_network_received_bytes_per_second' },
      { label: 'sent', name: 'host_network_sent_bytes_per_second' },
    ],
  },
  {
    title: 'Disks',
    unit: 'bytes/s',
    lines: [
      { label: 'read', name: 'host_disk_read_bytes_per_second' },
      { label: 'written', name: 'host_disk_written_bytes_per_second' },
    ],
  },
  {
    title: 'Event loop of the toolkit, p99 of its delay',
    unit: 'ms',
    lines: [{ label: 'delay', name: 'toolkit_eventloop_delay_p99_seconds', factor: MS }],
  },
  {
    title: 'CPU of the process, of one core',
    unit: 'ratio',
    lines: [{ label: 'CPU', name: 'process_cpu_seconds_total', isRate: true }],
  },
  {
    title: 'Memory of the process',
    unit: 'bytes',
    lines: [
      { label: 'resident', name: 'process_resident_memory_bytes' },
      { label: 'heap', name: 'nodejs_heap_size_used_bytes' },
      { label: 'external', name: 'nodejs_external_memory_bytes' },
    ],
  },
  {
    title: 'Event loop of the process, p99 of its lag',
    unit: 'ms',
    lines: [{ label: 'lag', name: 'nodejs_eventloop_lag_p99_seconds', factor: MS }],
  },
  {
    title: 'Open handles and files of the process',
    unit: 'total',
    lines: [
      { label: 'handles', name: 'nodejs_active_handles_total' },
      { label: 'requests', name: 'nodejs_active_requests_total' },
      { label: 'files', name: 'process_open_fds' },
    ],
  },
  {
    title: 'CPUs of the host, in cores',
    unit: 'units',
    lines: [{ label: 'busy', name: 'node_cpu_seconds_total', isRate: true, labels: isBusy }],
  },
  {
    title: 'Memory of the host',
    unit: 'bytes',
    lines: [
      { label: 'available', name: 'node_memory_MemAvailable_bytes' },
      { label: 'all', name: 'node_memory_MemTotal_bytes' },
    ],
  },
  {
    title: 'Network of the host',
    unit: 'bytes/s',
    lines: [
      { label: 'received', name: 'node_network_receive_bytes_total', isRate: true },
      { label: 'sent', name: 'node_network_transmit_bytes_total', isRate: true },
    ],
  },
  {
    title: 'Disks of the host',
    unit: 'bytes/s',
    lines: [
      { label: 'read', name: 'node_disk_read_bytes_total', isRate: true },
      { label: 'written', name: 'node_disk_written_bytes_total', isRate: true },
    ],
  },
]
