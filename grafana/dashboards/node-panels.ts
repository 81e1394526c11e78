import * as machines from '../queries/machines.ts'
import type { RowSpec, TimeSeriesSpec } from '../panels/spec.ts'

const node = (panel: Pick<TimeSeriesSpec, 'title' | 'description' | 'unit' | 'queries'>) => ({
  kind: 'timeseries' as const,
  width: 8,
  min: 0,
  ...panel,
  noValue: 'Prometheus scrapes no node-exporter (job="node")',
})

export const machinesRow: RowSpec = {
  title: 'Machines (node-exporter, when present)',
  panels: [
    node({
      title: 'CPU of machines',
      description: "Busy share of each machine, and k6's share of its own.",
      unit: 'percentunit',
      queries: [
        { expr: machines.nodeCpu, legend: '{{instance}}' },
        { expr: machines.generatorCpu, legend: 'k6', colour: 'blue' },
      ],
    }),
    node({
      title: 'Memory of machines',
      description: 'Share of memory that is not available any more.',
      unit: 'percentunit',
      queries: [{ expr: machines.nodeMemory, legend: '{{instance}}' }],
    }),
    node({
      title: 'Disks of machines',
      description:
        'Share of time in which the busiest disk worked, and free share of the fullest file system.',
      unit: 'percentunit',
      queries: [
        { expr: machines.nodeDisk, legend: 'busy {{instance}}', colour: 'blue' },
        { expr: machines.nodeDiskFree, legend: 'free {{instance}}', colour: 'green' },
      ],
    }),
    {
      ...node({
        title: 'Network of machines',
        description: 'Bytes per second in and out, loopback left out.',
        unit: 'Bps',
        queries: [
          { expr: machines.nodeReceived, legend: 'in {{instance}}', colour: 'blue' },
          { expr: machines.nodeSent, legend: 'out {{instance}}', colour: 'orange' },
        ],
      }),
      width: 24,
    },
  ],
}
