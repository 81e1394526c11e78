import {
  type WatchAllOptions,
  type WatchedK6,
  watchGenerators,
} from '../../../scripts/generator/generator-samples.ts'
import type { GeneratorSample } from '../../../scripts/generator/generator-sample.ts'

interface WatchOptions extends WatchedK6, Omit<WatchAllOptions, 'processes'> {}

interface GeneratorWatch {
  /** How it was between the last two looks; undefined before. */
  latest: () => GeneratorSample | undefined
  /** Ends the watch and gives what it saw, in order. */
  stop: () => GeneratorSample[]
}

/** Watches one k6, as watchGenerators() does several. */
export function watchGenerator({ port, k6Pid, ...options }: WatchOptions): GeneratorWatch {
  const watch = watchGenerators({ ...options, processes: [{ port, ...(k6Pid && { k6Pid }) }] })
  return { latest: watch.latest, stop: () => watch.stop().together }
}
