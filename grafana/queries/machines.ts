// The load generator as the run published it, and machines as node-exporter sees them (job="node").
import { RUN } from './selectors.ts'

/** k6's share of its machine, 0 to 1. Near 1 it measures itself. */
export const generatorCpu = `max by (testid) (k6_verdict_generator_cpu_ratio{${RUN}})`

/** Share of the same machine that others took, 0 to 1. */
export const othersCpu = `max by (testid) (k6_verdict_others_cpu_ratio{${RUN}})`

/** CPUs that k6 keeps busy, and that its machine has. */
export const generatorCpus = `max by (testid) (k6_verdict_generator_cpu_ratio{${RUN}} * on (testid) k6_verdict_machine_cpus{${RUN}})`
export const machineCpus = `max by (testid) (k6_verdict_machine_cpus{${RUN}})`

/** Bytes that k6 holds, and that its machine has. */
export const generatorMemory = `max by (testid) (k6_verdict_generator_memory_bytes{${RUN}})`
export const machineMemory = `max by (testid) (k6_verdict_machine_memory_bytes{${RUN}})`

/** Busy share of each machine's CPUs, 0 to 1. */
export const nodeCpu =
  '1 - sum by (instance) (rate(node_cpu_seconds_total{job="node", mode="idle"}[$__rate_interval])) / sum by (instance) (rate(node_cpu_seconds_total{job="node"}[$__rate_interval]))'

/** Share of memory that is not available, 0 to 1. */
export const nodeMemory =
  '1 - node_memory_MemAvailable_bytes{job="node"} / node_memory_MemTotal_bytes{job="node"}'

/** Share of time in which a disk was busy, 0 to 1. */
export const nodeDisk =
  'max by (instance) (rate(node_disk_io_time_seconds_total{job="node"}[$__rate_interval]))'

/** Free share of the fullest file system, 0 to 1. */
export const nodeDiskFree =
  'min by (instance) (node_filesystem_avail_bytes{job="node", fstype!~"tmpfs|ramfs|overlay"} / node_filesystem_size_bytes{job="node", fstype!~"tmpfs|ramfs|overlay"})'

/** Bytes per second in and out, loopback left out. */
export const nodeReceived =
  'sum by (instance) (rate(node_network_receive_bytes_total{job="node", device!="lo"}[$__rate_interval]))'
export const nodeSent =
  'sum by (instance) (rate(node_network_transmit_bytes_total{job="node", device!="lo"}[$__rate_interval]))'
