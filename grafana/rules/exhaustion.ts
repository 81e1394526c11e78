// What will run out. A prediction alone alarms at every ramp and every small number, so each has a level
// beside it, and a series that is two minutes old.
import { ON_RUN } from './promql.ts'
import { alert, type AlertingRule, type Component } from './rule.ts'
import { DATABASE_POOL, TARGET_MEMORY } from './target-metrics.ts'

const POOL_LEVEL = 0.5
const MEMORY_LEVEL = 0.3
const AVAILABLE_LEVEL = 0.2
const MEMORY_HORIZON = { seconds: 1_800, text: '30 minutes' }
const DISK_HORIZON = { seconds: 14_400, text: '4 hours' }

/** Database pool, memory and disk. */
export function exhaustionAlerts(): AlertingRule[] {
  return [
    poolExhausted(),
    poolPredicted(),
    memoryOf('target', TARGET_MEMORY),
    memoryOf('generator', 'k6_verdict_generator_memory_bytes'),
    machineMemory(),
    disk(),
  ]
}

/** The series of a machine or a target have no testid, so they are reported for every run in progress. */
function duringRuns(expr: string): string {
  return `k6:run:active * on () group_left () (${expr})`
}

function poolExhausted(): AlertingRule {
  const { inUse, waiting, max } = DATABASE_POOL
  return alert({
    name: 'K6DatabasePoolExhausted',
    expr: duringRuns(`max(min_over_time(${waiting}[20s]) > 0 and ${inUse} >= ${max})`),
    severity: 'ticket',
    component: 'target',
    summary: 'Every database connection is in use, and requests wait for one.',
    description: '{{ $value }} requests wait for a database connection, for 20s at least.',
  })
}

function poolPredicted(): AlertingRule {
  const { inUse, max } = DATABASE_POOL
  const level = `avg_over_time(${inUse}[20s]) / ${max}`
  return alert({
    name: 'K6DatabasePoolExhaustionPredicted',
    expr: `${duringRuns(
      `max(${level} > ${POOL_LEVEL} and predict_linear(${inUse}[3m], 300) > ${max} and ${inUse} offset 2m)`,
    )}
and ${ON_RUN} k6:load:is_flat`,
    severity: 'ticket',
    component: 'target',
    summary: 'The database pool grows under a constant load and will be full within 5 minutes.',
    description: '{{ $value | humanizePercentage }} of the database connections are in use.',
  })
}

function memoryOf(component: Component, series: string): AlertingRule {
  const machine = 'scalar(max(k6_verdict_machine_memory_bytes or node_memory_MemTotal_bytes))'
  const { seconds, text } = MEMORY_HORIZON
  const full = `max(${series} / ${machine} > ${MEMORY_LEVEL} and predict_linear(${series}[5m], ${seconds}) > ${machine} and ${series} offset 2m)`
  return alert({
    name: 'K6MemoryExhaustionPredicted',
    expr: `${duringRuns(full)}\nand ${ON_RUN} k6:load:is_flat`,
    severity: 'ticket',
    component,
    summary: `Memory of the ${component} grows under a constant load and will be full within ${text}.`,
    description: `The ${component} has {{ $value | humanizePercentage }} of the memory of its machine.`,
  })
}

function machineMemory(): AlertingRule {
  const available = 'node_memory_MemAvailable_bytes'
  const { seconds, text } = MEMORY_HORIZON
  const share = `${available} / node_memory_MemTotal_bytes < ${AVAILABLE_LEVEL}`
  return alert({
    name: 'K6MemoryExhaustionPredicted',
    expr: `${duringRuns(`min(${share} and predict_linear(${available}[5m], ${seconds}) < 0 and ${available} offset 2m)`)}
and ${ON_RUN} k6:load:is_flat`,
    severity: 'ticket',
    component: 'machine',
    summary: `Memory of a machine falls under a constant load and will be used up within ${text}.`,
    description: '{{ $value | humanizePercentage }} of its memory is available.',
  })
}

function disk(): AlertingRule {
  const of = '{fstype!~"tmpfs|ramfs|squashfs|overlay"}'
  const available = `node_filesystem_avail_bytes${of}`
  const { seconds, text } = DISK_HORIZON
  const share = `${available} / node_filesystem_size_bytes${of} < ${AVAILABLE_LEVEL}`
  return alert({
    name: 'K6DiskExhaustionPredicted',
    expr: duringRuns(
      `min(${share} and predict_linear(${available}[5m], ${seconds}) < 0 and ${available} offset 2m)`,
    ),
    severity: 'ticket',
    component: 'machine',
    summary: `A disk fills up and will be full within ${text}.`,
    description: '{{ $value | humanizePercentage }} of it is free.',
  })
}
