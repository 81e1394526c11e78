// What is exhausted: CPU, memory, event loop, connections, cache? The load generator is on the same axes.
import type { BoardSpec } from '../panels/spec.ts'
import { cache, model, pool, poolWait, queries } from './database-panels.ts'
import { generatorCpu, generatorMemory } from './generator-panels.ts'
import { machinesRow } from './node-panels.ts'
import { collecting, cpu, eventLoop, files, memory } from './process-panels.ts'

export const infrastructure: BoardSpec = {
  uid: 'k6v-infrastructure',
  title: 'k6-verdict / Infrastructure',
  description: 'Which resource is exhausted: of the API, of its machine, or of the load generator?',
  from: 'now-15m',
  rows: [
    { title: 'Processes', panels: [cpu, memory, eventLoop, collecting, files] },
    { title: 'Database, cache and model', panels: [pool, poolWait, queries, cache, model] },
    {
      title: 'Load generator',
      panels: [
        { ...generatorCpu, width: 12 },
        { ...generatorMemory, width: 12 },
      ],
    },
    machinesRow,
  ],
}
